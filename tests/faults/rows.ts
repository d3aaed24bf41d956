import { DatabaseSync } from 'node:sqlite'
import { sleep, type World } from './world.ts'

/**
 * The rows of the fault matrix that one node with a SQLite file and a network of its own can show. A row hurts
 * the world `count` times while robots write, and says what it did.
 */
export type Row = {
  id: string
  fault: string
  /** How often it is done in the test run, and in a full one. */
  counts: { ci: number; full: number }
  hurt: (world: World, count: number) => Promise<void>
}

const between = (low: number, high: number) => low + Math.random() * (high - low)

async function times(count: number, act: (index: number) => Promise<void>): Promise<void> {
  for (let index = 0; index < count; index++) await act(index)
}

export const ROWS: Row[] = [
  {
    id: 'F1',
    fault: 'kill -9 at random moments',
    counts: { ci: 12, full: 1000 },
    hurt: (world, count) =>
      times(count, async () => {
        await sleep(between(50, 400))
        await world.server.end('SIGKILL')
        await sleep(between(0, 300))
        await world.server.start()
      }),
  },
  {
    id: 'F4',
    fault: 'SIGTERM and start again',
    counts: { ci: 3, full: 50 },
    hurt: (world, count) =>
      times(count, async () => {
        await sleep(between(200, 800))
        await world.server.end('SIGTERM')
        await world.server.start()
      }),
  },
  {
    id: 'F9',
    fault: 'another process holds the database 2 s',
    counts: { ci: 2, full: 50 },
    hurt: (world, count) =>
      times(count, async () => {
        const other = new DatabaseSync(world.databasePath)
        other.exec('BEGIN IMMEDIATE')
        await sleep(2000)
        other.exec('COMMIT')
        other.close()
        await sleep(500)
      }),
  },
  {
    id: 'F10',
    fault: 'network up 1 s, down 1 s',
    counts: { ci: 4, full: 150 },
    hurt: (world, count) =>
      times(count, async () => {
        await sleep(1000)
        world.proxy.refuse()
        await sleep(1000)
        world.proxy.heal()
      }),
  },
  {
    id: 'F13',
    fault: 'acknowledgements lost after the commit',
    counts: { ci: 12, full: 1000 },
    hurt: (world, count) =>
      times(count, async () => {
        world.proxy.swallow('down')
        await sleep(between(100, 300))
        world.proxy.cut()
        world.proxy.heal()
        await sleep(between(200, 400))
      }),
  },
  {
    id: 'F23',
    fault: 'the process stands still',
    counts: { ci: 2, full: 20 },
    hurt: (world, count) =>
      times(count, async () => {
        world.server.signal('SIGSTOP')
        await sleep(2000)
        world.server.signal('SIGCONT')
        await sleep(1000)
      }),
  },
]
