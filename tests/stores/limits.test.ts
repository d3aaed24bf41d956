import { setTimeout as wait } from 'node:timers/promises'
import { type Redis, startRedis } from '@nightdesk/demo/services/redis.ts'
import { limitsContract } from '@nightdesk/server/door/limits-contract.ts'
import { openRedis } from '@nightdesk/server/live/redis-connection.ts'
import { redisLimits } from '@nightdesk/server/live/redis-limits.ts'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'

let redis: Redis
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.remove())

const ignore = () => undefined

async function connect(url: string) {
  const client = openRedis(url, ignore)
  await client.connect()
  onTestFinished(() => client.destroy())
  return client
}

limitsContract('Redis limits', async () => {
  const client = await connect(redis.url)
  await client.flushAll()
  return { limits: redisLimits(client, { now: Date.now, nodes: () => 1 }), pass: ms => wait(ms) }
})

const slow = { burst: 4, perSecond: 0.001 }

test('[L1] two nodes count together', async () => {
  const nodes = [await connect(redis.url), await connect(redis.url)].map(client =>
    redisLimits(client, { now: Date.now, nodes: () => 2 }),
  )
  const waits = await Promise.all(
    Array.from({ length: 12 }, (_, index) => nodes[index % 2]?.take('shared', slow)),
  )
  expect(waits.filter(one => one === 0)).toHaveLength(4)
  const shown = await Promise.all(nodes.map(limits => limits.once('proof', 60_000)))
  expect(shown.filter(Boolean)).toHaveLength(1)
})

test('[F-7] without Redis each of two nodes counts half of the limit: nothing opens, nobody hangs', async () => {
  const own = await startRedis()
  const limits = redisLimits(await connect(own.url), { now: Date.now, nodes: () => 2 })
  await own.end('SIGKILL')
  const since = performance.now()
  const waits: number[] = []
  for (let index = 0; index < 6; index++) waits.push(await limits.take('k', slow))
  expect(waits.filter(one => one === 0)).toHaveLength(2)
  expect(performance.now() - since).toBeLessThan(2000)
  await own.remove()
})

test('[F-7] a Redis that stands still, or has no memory left, is not waited for', async () => {
  const own = await startRedis('--maxmemory', '1', '--maxmemory-policy', 'noeviction')
  const client = await connect(own.url)
  const full = redisLimits(client, { now: Date.now, nodes: () => 1 })
  const waits: number[] = []
  for (let index = 0; index < 6; index++) waits.push(await full.take('k', slow))
  expect(waits.filter(one => one === 0)).toHaveLength(4)

  const paused = redisLimits(await connect(own.url), { now: Date.now, nodes: () => 1 })
  own.signal('SIGSTOP')
  const since = performance.now()
  expect(await paused.take('k', slow)).toBe(0)
  expect(await paused.take('k', slow)).toBe(0)
  expect(performance.now() - since).toBeLessThan(1000)
  own.signal('SIGCONT')
  await own.remove()
})
