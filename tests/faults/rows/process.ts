import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import { between, clock, sleep, until } from '../clock.ts'
import { KILL_POINTS } from '../failpoints.ts'
import type { Node } from '../node.ts'
import { leanLine } from '../robots/lean-line.ts'
import type { World } from '../world.ts'
import { type Row, times } from './row.ts'

/**
 * Healthy within this time of its start; it is asked of every row that starts a server again. Alone it takes less than
 * a second; here servers, databases and robots share two cores.
 */
const STARTS_WITHIN_MS = 10_000
const DRAINS_WITHIN_MS = 10_000

export async function killAndStart(world: World, nodes: Node[]): Promise<void> {
  await world.fault(async () => {
    await Promise.all(nodes.map(node => node.end('SIGKILL')))
    await sleep(between(0, 200))
    await Promise.all(nodes.map(node => node.start()))
    // Whoever lost a line went to another node; without this nobody would ever come back to the one that died.
    if (between(0, 1) < 0.5) world.proxy.cut()
  })
}

function demandQuickStarts(world: World): void {
  for (const node of world.nodes) {
    const ms = node.slowestStartMs()
    world.log.demand(ms <= STARTS_WITHIN_MS, `a start took ${ms} ms`)
  }
}

/** A page of another version is told so, at once and in words; it neither hangs nor is served by half. */
async function demandRefusalOfOldPages({ door, log }: World): Promise<void> {
  const told = new Promise<string>(resolve => {
    const line = leanLine(door, {
      namespace: '/visitor',
      auth: () => ({ protocol: PROTOCOL_VERSION - 1, site: door.site }),
      onConnect: () => resolve('it was let in'),
      onRefused: code => {
        resolve(code)
        line.leave()
      },
      onTell: () => undefined,
    })
    setTimeout(() => resolve('it heard nothing'), 5000)
  })
  const code = await told
  log.demand(code === 'PROTOCOL_UNSUPPORTED', `a page of the version before: ${code}`)
}

export const PROCESS_ROWS: Row[] = [
  {
    id: 'F1',
    fault: 'kill -9 at random moments',
    counts: { ci: 8, full: 1000 },
    hurt: async (world, count) => {
      await times(count, async () => {
        await sleep(between(50, 400))
        await killAndStart(world, [world.node()])
      })
      demandQuickStarts(world)
    },
  },
  {
    id: 'F2',
    fault: 'kill -9 of every node at once',
    counts: { ci: 3, full: 200 },
    hurt: async (world, count) => {
      await times(count, async () => {
        await sleep(between(200, 800))
        await killAndStart(world, world.nodes)
      })
      demandQuickStarts(world)
    },
  },
  {
    id: 'F3',
    fault: 'kill in commit, before ack, before fan-out',
    counts: { ci: 6, full: 600 },
    hurt: (world, count) =>
      times(count, async index => {
        const node = world.node()
        const FAILPOINT = KILL_POINTS[index % KILL_POINTS.length] ?? 'in-commit'
        await world.fault(async () => {
          await node.end('SIGKILL')
          // It may die before it has answered that it is ready.
          await node.start({ FAILPOINT }).catch(() => undefined)
          world.proxy.cut()
          const took = await until(() => !node.isRunning(), 10_000)
          world.log.demand(took !== undefined, `nothing was written that dies ${FAILPOINT}`)
          await node.end('SIGKILL')
          await node.start()
        })
      }),
  },
  {
    id: 'F4',
    fault: 'SIGTERM, one node after the other',
    counts: { ci: 2, full: 50 },
    hurt: async (world, count) => {
      await times(count, async () => {
        for (const node of world.nodes) {
          await sleep(between(200, 600))
          await world.fault(async () => {
            const since = clock()
            const code = await node.end('SIGTERM')
            const ms = Math.round(clock() - since)
            world.log.demand(code === 0, `a server that was asked to end answered ${code}`)
            world.log.demand(ms <= DRAINS_WITHIN_MS, `draining took ${ms} ms`)
            await node.start()
          })
        }
      })
      await demandRefusalOfOldPages(world)
    },
  },
  {
    id: 'F23',
    fault: 'the process stands still',
    counts: { ci: 1, full: 20 },
    hurt: (world, count) =>
      times(count, async () => {
        const node = world.node()
        await world.fault(async () => {
          node.signal('SIGSTOP')
          await sleep(2000)
          node.signal('SIGCONT')
        })
        await sleep(1000)
      }),
  },
]
