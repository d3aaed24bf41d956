import { between, clock, sleep } from '../clock.ts'
import type { World } from '../world.ts'
import { CROWD_ROWS } from './crowd.ts'
import { DATABASE_ROWS } from './database.ts'
import { NETWORK_ROWS } from './network.ts'
import { killAndStart, PROCESS_ROWS } from './process.ts'
import { REDIS_ROWS } from './redis.ts'
import type { Row } from './row.ts'
import { TIME_ROWS } from './time.ts'

const TOGETHER: ((world: World) => Promise<void>)[] = [
  world => killAndStart(world, [world.node()]),
  world =>
    world.fault(async () => {
      await world.redis?.service.end('SIGKILL')
      await sleep(between(100, 500))
      await world.redis?.service.start()
    }),
  world =>
    world.fault(async () => {
      world.proxy.refuse()
      await sleep(between(100, 1000))
      world.proxy.heal()
    }),
  world =>
    world.fault(async () => {
      world.proxy.swallow('down')
      await sleep(between(50, 200))
      world.proxy.heal()
      world.proxy.cut()
    }),
]

/**
 * The fault matrix. What needs a browser is beside the browser: reloads, closed tabs and many tabs of one visitor
 * (F14 to F16) are in `tests/browser`.
 */
export const ROWS: Row[] = [
  ...PROCESS_ROWS,
  ...REDIS_ROWS,
  ...DATABASE_ROWS,
  ...NETWORK_ROWS,
  ...TIME_ROWS,
  ...CROWD_ROWS,
  {
    id: 'F24',
    fault: 'kills, cuts, lost answers, all at random',
    // Seconds.
    counts: { ci: 12, full: 600 },
    redis: true,
    hurt: async (world, seconds) => {
      const ends = clock() + seconds * 1000
      while (clock() < ends) {
        await sleep(between(100, 600))
        await TOGETHER[Math.floor(Math.random() * TOGETHER.length)]?.(world)
      }
    },
  },
]
