import { backUp } from '../backup.ts'
import { between, clock, sleep, until } from '../clock.ts'
import { newDatabase } from '../database.ts'
import { hold } from '../hold.ts'
import { fill, free, smallDatabase, smallDiskImpossible } from '../small-disk.ts'
import { storedAt } from '../truth.ts'
import type { World } from '../world.ts'
import { type Row, times } from './row.ts'

const HEALS_WITHIN_MS = 5000
const MEMORY_GROWS_AT_MOST_MB = 50

/** Demands that words are accepted again soon after the fault has ended. */
async function demandAcceptance(world: World, what: string): Promise<void> {
  const before = world.accepted()
  const took = await until(() => world.accepted() > before, HEALS_WITHIN_MS)
  world.log.demand(took !== undefined, `nothing was accepted within ${HEALS_WITHIN_MS} ms after ${what}`)
}

/** Demands that waiting words do not pile up in the servers' memory. */
async function withinMemory(world: World, act: () => Promise<void>): Promise<void> {
  const before = world.nodes.map(node => node.memory())
  await act()
  world.nodes.forEach((node, index) => {
    const grown = Math.round(node.memory() - (before[index] ?? 0))
    world.log.demand(grown <= MEMORY_GROWS_AT_MOST_MB, `memory grew by ${grown} MB`)
  })
}

/** Kills a server so many times while it starts, then lets it start. */
async function killWhileStarting(world: World, node: World['nodes'][number], count: number): Promise<void> {
  await node.end('SIGKILL')
  await times(count, () =>
    world.fault(async () => {
      const started = node.start().catch(() => undefined)
      await sleep(between(0, 500))
      await node.end('SIGKILL')
      await started
    }),
  )
  await world.fault(() => node.start())
}

export const DATABASE_ROWS: Row[] = [
  {
    id: 'F8',
    fault: 'disk full, then freed',
    counts: { ci: 1, full: 50 },
    database: smallDatabase,
    impossible: smallDiskImpossible,
    hurt: (world, count) =>
      times(count, async () => {
        const { disk } = world.database
        if (!disk) throw new Error('this row needs a small disk')
        await sleep(500)
        await world.fault(async () => {
          fill(disk)
          await sleep(4000)
          const back = await fetch(`http://127.0.0.1:${world.node().port}/healthz`)
          world.log.demand(back.status < 500, `health answered ${back.status} while the disk was full`)
          free(disk)
        })
        await demandAcceptance(world, 'the disk was freed')
      }),
  },
  {
    id: 'F9',
    fault: 'another process holds the database',
    counts: { ci: 1, full: 50 },
    hurt: (world, count, scale) =>
      withinMemory(world, () =>
        times(count, async () => {
          await world.fault(() => hold(world.database, scale === 'ci' ? 2000 : 30_000))
          await demandAcceptance(world, 'the database was let go')
          await sleep(500)
        }),
      ),
  },
  {
    id: 'F9s',
    fault: 'every flush takes 200 ms',
    counts: { ci: 1, full: 10 },
    hurt: async (world, count) => {
      for (const node of world.nodes) {
        await node.end('SIGKILL')
        await node.start({ FAILPOINT: 'slow-flush' })
      }
      await sleep(1000)
      await withinMemory(world, () => times(count, () => world.fault(() => sleep(3000))))
      await world.fault(async () => {
        for (const node of world.nodes) {
          await node.end('SIGKILL')
          await node.start()
        }
      })
    },
  },
  {
    id: 'F21',
    fault: 'kill -9 while the schema is made or met',
    counts: { ci: 6, full: 100 },
    hurt: async (world, count) => {
      // Old data first, then a database in which there is nothing yet.
      await killWhileStarting(world, world.node(), Math.ceil(count / 2))
      const empty = await newDatabase(world.database.kind)
      const stranger = await world.stranger(empty.url)
      await killWhileStarting(world, stranger, Math.floor(count / 2))
      stranger.remove()
      await empty.remove()
    },
  },
  {
    id: 'F22',
    fault: 'backup while writing, restored elsewhere',
    counts: { ci: 2, full: 20 },
    hurt: (world, count) =>
      times(count, async () => {
        await sleep(500)
        const conversations = new Set(
          world.robots.flatMap(robot => robot.ends().map(end => end.conversation)),
        )
        const since = clock()
        await world.fault(async () => {
          const copy = await backUp(world.database)
          const stranger = await world.stranger(copy.url)
          await stranger.start()
          stranger.remove()
          const kept = await storedAt(copy.url, conversations)
          const truth = await storedAt(world.directUrl, conversations)
          for (const [conversation, messages] of kept) {
            const now = truth.get(conversation) ?? []
            const isPrefix = messages.every(
              ({ id, seq }, index) => seq === index + 1 && now[index]?.id === id,
            )
            world.log.demand(isPrefix, `the backup holds no prefix of ${conversation}`)
          }
          const isEmpty = [...kept.values()].every(messages => messages.length === 0)
          world.log.demand(!isEmpty, 'the backup is empty')
          await copy.remove()
        })
        const took = Math.round(clock() - since)
        world.log.demand(took < 600_000, `backup and restore took ${took} ms`)
      }),
  },
  {
    id: 'F1db',
    fault: 'the database server is killed',
    counts: { ci: 2, full: 50 },
    stores: ['postgres'],
    hurt: (world, count) =>
      times(count, async () => {
        const { database } = world
        if (database.kind !== 'postgres') throw new Error('this row is for PostgreSQL')
        await sleep(between(300, 800))
        await world.fault(async () => {
          await database.service.end('SIGKILL')
          // Its children notice that they are orphans; until they are gone it does not start again.
          const isUp = () =>
            database.service.start().then(
              () => true,
              () => false,
            )
          const took = await until(isUp, 30_000)
          world.log.demand(took !== undefined, 'the database server did not come back')
        })
        await demandAcceptance(world, 'the database came back')
      }),
  },
  {
    id: 'F13db',
    fault: 'commits whose outcome nobody hears',
    counts: { ci: 5, full: 200 },
    stores: ['postgres'],
    hurt: (world, count) =>
      times(count, async () => {
        const { database } = world
        if (database.kind !== 'postgres') throw new Error('this row is for PostgreSQL')
        await world.fault(async () => {
          database.proxy.swallow('down')
          await sleep(between(20, 200))
          database.proxy.heal()
          database.proxy.cut()
        })
        await sleep(between(200, 500))
      }),
  },
]
