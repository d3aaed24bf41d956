import { between, clock, sleep, until } from '../clock.ts'
import { dropPackets, limitRate, ownNetworkImpossible, restorePackets } from '../packets.ts'
import type { World } from '../world.ts'
import { type Row, times } from './row.ts'

/** How soon a line that has gone dead one way is noticed. */
const DETECTED_WITHIN_MS = 45_000

/** Lines that were swallowed never come back by themselves: everybody must notice and open another one. */
async function oneWay(world: World, direction: 'up' | 'down', ms: number): Promise<void> {
  const since = clock()
  await world.fault(async () => {
    world.proxy.swallow(direction)
    await sleep(ms)
    world.proxy.heal()
    // Each robot has one line; who noticed has a new one.
    await until(() => world.proxy.soundLines() >= world.robots.length, DETECTED_WITHIN_MS + 5000)
    const took = Math.round(clock() - since)
    world.log.demand(
      took <= DETECTED_WITHIN_MS,
      `a line that was dead ${direction} was noticed after ${took} ms`,
    )
  })
}

export const NETWORK_ROWS: Row[] = [
  {
    id: 'F10',
    fault: 'network up 1 s, down 1 s',
    counts: { ci: 3, full: 150 },
    hurt: (world, count) =>
      times(count, async () => {
        await sleep(1000)
        await world.fault(async () => {
          world.proxy.refuse()
          await sleep(1000)
          world.proxy.heal()
        })
      }),
  },
  {
    id: 'F11',
    fault: 'one way swallowed for good, lines stay open',
    counts: { ci: 1, full: 6 },
    hurt: async (world, count) => {
      const durations = [10_000, 60_000, 180_000]
      await times(count, async index => {
        const ms = durations[Math.floor(index / 2) % durations.length] ?? 10_000
        await oneWay(world, index % 2 === 0 ? 'down' : 'up', ms)
        await sleep(1000)
      })
    },
  },
  {
    id: 'F11p',
    fault: 'packets of one direction dropped',
    counts: { ci: 2, full: 12 },
    ownNetwork: true,
    impossible: ownNetworkImpossible,
    hurt: (world, count, scale) =>
      times(count, async index => {
        await sleep(1000)
        await world.fault(async () => {
          dropPackets(world.proxy.port, index % 2 === 0 ? 'down' : 'up')
          // TCP itself is silent for about as long again after a loss: its next try is twice as far as the last.
          await sleep(scale === 'ci' ? 3500 : 10_000)
          restorePackets()
        })
        await sleep(1000)
      }),
  },
  {
    id: 'F12',
    fault: '30 % loss; 2 s round trip at 64 kbit/s',
    counts: { ci: 1, full: 30 },
    ownNetwork: true,
    impossible: ownNetworkImpossible,
    crowd: { visitors: 4, agents: 1, leanVisitors: 0, leanAgents: 0 },
    hurt: (world, count, scale) =>
      times(count, async () => {
        // The longer it is bad, the longer TCP itself is silent afterwards.
        const ms = scale === 'ci' ? 4000 : 8000
        await world.fault(async () => {
          dropPackets(world.proxy.port, 'up', 0.3)
          dropPackets(world.proxy.port, 'down', 0.3)
          await sleep(ms)
          restorePackets()
          limitRate(world.proxy.port, '64kbit')
          world.proxy.delay(1000)
          await sleep(ms)
          world.proxy.heal()
          restorePackets()
        })
      }),
  },
  {
    id: 'F13',
    fault: 'acknowledgements lost after the commit',
    counts: { ci: 10, full: 1000 },
    hurt: (world, count) =>
      times(count, async () => {
        await world.fault(async () => {
          world.proxy.swallow('down')
          await sleep(between(50, 200))
          world.proxy.heal()
          world.proxy.cut()
        })
        await sleep(between(200, 400))
      }),
  },
]
