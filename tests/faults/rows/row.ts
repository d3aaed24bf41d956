import type { Database, StoreKind } from '../database.ts'
import type { Crowd, World } from '../world.ts'

export type Scale = 'ci' | 'full'

/** One row of the fault matrix: it hurts the world `count` times while robots write. */
export type Row = {
  id: string
  fault: string
  /** How often it is done in the test run, and in a full one. */
  counts: { ci: number; full: number }
  /** Where it says nothing, a row is for every store. */
  stores?: StoreKind[]
  nodes?: number
  redis?: true
  /** Runs in a network of its own, where packets can be lost without anybody else missing them. */
  ownNetwork?: true
  crowd?: Partial<Crowd>
  /** Takes the place of an ordinary database. */
  database?: (store: StoreKind) => Promise<Database>
  /** Why it cannot be done on this machine, in a sentence. */
  impossible?: () => string | undefined
  hurt: (world: World, count: number, scale: Scale) => Promise<void>
}

export async function times(count: number, act: (index: number) => Promise<void>): Promise<void> {
  for (let index = 0; index < count; index++) await act(index)
}
