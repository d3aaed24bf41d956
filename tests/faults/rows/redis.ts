import { type Redis, startRedis } from '@nightdesk/demo/services/redis.ts'
import { createClient } from 'redis'
import { between, sleep, until } from '../clock.ts'
import { FaultProxy } from '../proxy.ts'
import type { World } from '../world.ts'
import { killAndStart } from './process.ts'
import { type Row, times } from './row.ts'

const ACCEPTS_WITHIN_MS = 3000

function planeOf(world: World): NonNullable<World['redis']> {
  if (!world.redis) throw new Error('this row needs a Redis')
  return world.redis
}

async function tell(redis: Redis, ...command: string[]): Promise<void> {
  const client = createClient({ url: redis.url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.sendCommand(command)
  } finally {
    client.destroy()
  }
}

/** Redis holds no truth: words are accepted without it. */
async function demandAcceptance(world: World, what: string): Promise<void> {
  const before = world.accepted()
  const took = await until(() => world.accepted() > before, ACCEPTS_WITHIN_MS)
  world.log.demand(took !== undefined, `nothing was accepted while Redis ${what}`)
}

const MISFORTUNES: ((world: World, redis: Redis, pauseMs: number) => Promise<void>)[] = [
  async (world, redis) => {
    await tell(redis, 'FLUSHALL')
    await demandAcceptance(world, 'was emptied')
  },
  async (world, redis, pauseMs) => {
    await tell(redis, 'CLIENT', 'PAUSE', String(pauseMs), 'ALL')
    await demandAcceptance(world, 'stood still')
    await sleep(pauseMs)
  },
  async (world, redis) => {
    await tell(redis, 'CONFIG', 'SET', 'maxmemory', '1', 'maxmemory-policy', 'noeviction')
    await demandAcceptance(world, 'was out of memory')
    await sleep(1000)
    await tell(redis, 'CONFIG', 'SET', 'maxmemory', '0')
  },
  async (world, redis) => {
    await redis.end('SIGKILL')
    await killAndStart(world, [world.node()])
    await demandAcceptance(world, 'was absent at the start')
    await redis.start()
  },
]

/** A replica that stopped hearing takes over: what was told last is lost with the one that led. */
async function failOver(world: World): Promise<void> {
  const { service: leader, proxy } = planeOf(world)
  const wire = new FaultProxy([leader.port])
  const port = await wire.listen()
  const replica = await startRedis('--replicaof', '127.0.0.1', String(port))
  await sleep(500)
  await world.fault(async () => {
    wire.swallow('down')
    await sleep(between(200, 600))
    await tell(replica, 'REPLICAOF', 'NO', 'ONE')
    proxy.moveTo(replica.port)
    await leader.end('SIGKILL')
    await sleep(500)
  })
  await sleep(500)
  await world.fault(async () => {
    await leader.start()
    proxy.moveTo(leader.port)
  })
  await replica.remove()
  await wire.close()
}

export const REDIS_ROWS: Row[] = [
  {
    id: 'F5',
    fault: 'Redis killed, comes back empty',
    counts: { ci: 3, full: 200 },
    redis: true,
    nodes: 2,
    hurt: (world, count) =>
      times(count, async () => {
        const { service } = planeOf(world)
        await world.fault(async () => {
          await service.end('SIGKILL')
          await demandAcceptance(world, 'was down')
          await sleep(between(0, 500))
          await service.start()
        })
        await sleep(between(200, 800))
      }),
  },
  {
    id: 'F6',
    fault: 'Redis fails over to a replica that lags',
    counts: { ci: 1, full: 100 },
    redis: true,
    nodes: 2,
    hurt: (world, count) => times(count, () => failOver(world)),
  },
  {
    id: 'F7',
    fault: 'Redis emptied, paused, full, absent',
    counts: { ci: 4, full: 200 },
    redis: true,
    nodes: 2,
    hurt: (world, count, scale) =>
      times(count, async index => {
        const misfortune = MISFORTUNES[index % MISFORTUNES.length]
        const { service } = planeOf(world)
        await world.fault(async () => misfortune?.(world, service, scale === 'ci' ? 2000 : 30_000))
        await sleep(300)
      }),
  },
]
