import { onTestFinished } from 'vitest'
import type { Store } from '../store.ts'
import { describeAgents } from './agents.ts'
import { describeConversations } from './conversations.ts'
import { describeDisk } from './disk.ts'
import { describeHeads } from './heads.ts'
import { describeReading } from './reading.ts'
import { describeStarting } from './starting.ts'
import type { NewStore } from './support.ts'
import { describeVisitors } from './visitors.ts'

/**
 * The suite that every store passes.
 *
 * @param newPlace a path or an address with nothing in it yet
 * @param open opens the store there; the same place opened again, after a close, is the same store
 */
export function describeStore(
  name: string,
  newPlace: () => Promise<string>,
  open: (place: string) => Store | Promise<Store>,
): void {
  const newStore: NewStore = async () => {
    const place = await newPlace()
    let store = await open(place)
    onTestFinished(() => store.close())
    return {
      store,
      reopen: async () => {
        await store.close()
        store = await open(place)
        return store
      },
    }
  }
  describeStarting(name, newStore)
  describeConversations(name, newStore)
  describeReading(name, newStore)
  describeHeads(name, newStore)
  describeVisitors(name, newStore)
  describeAgents(name, newStore)
  describeDisk(name, newStore)
}
