import { startRedis } from '@nightdesk/demo/services/redis.ts'
import { eachOf, enter } from '../company.ts'
import { bare, type Contender, nightdesk } from '../contender.ts'
import { Load } from '../load.ts'
import { cpuOf, processesNamed } from '../meter.ts'
import type { Notebook } from '../notebook.ts'
import { quantile } from '../numbers.ts'
import type { Settings } from '../settings.ts'

const ANCHOR = 'bare, one node'

/**
 * (d) What it costs when visitors are on one node and agents on the other, so that every delivery crosses, beside one
 * node that has both. Two Nightdesks share a PostgreSQL, so they take part with `--store postgres`. Goal 13.
 */
export async function nodes(book: Notebook, { rounds, seconds, databaseUrl }: Settings): Promise<void> {
  const plan = { visitors: 200, agents: 20, conversations: 1 }
  const redis = await startRedis()
  const [redisPid] = processesNamed('redis-server')
  const redisCpu = () => (redisPid === undefined ? 0 : cpuOf(redisPid))
  const withRedis = { REDIS_URL: redis.url }
  const database = await databaseUrl()
  const alone = await bare(ANCHOR, plan)
  const pairs: [Contender, Contender][] = [[alone, alone]]
  for (const adapter of ['pubsub', 'streams']) {
    const first = await bare(`bare, two nodes, ${adapter}`, plan, { ...withRedis, ADAPTER: adapter })
    pairs.push([first, await first.again()])
  }
  if (database.DATABASE_URL) {
    const first = await nightdesk('nightdesk, two nodes', plan, { ...database, ...withRedis })
    pairs.push([first, await first.again()])
  }
  try {
    const loads = []
    for (const [front, back] of pairs) {
      const cpu = () => front.cpu() + (front === back ? 0 : back.cpu())
      loads.push({ name: front.name, cpu, load: await across(front, back) })
    }
    for (const { load, cpu } of loads) await load.saturate(seconds, cpu)
    for (let round = 0; round < rounds; round++) {
      for (const { name, load, cpu } of loads) {
        const before = redisCpu()
        const taken = await load.saturate(seconds, cpu)
        const spent = redisCpu() - before
        book.note('d', { what: 'delivered, saturated', unit: '/s' }, name, taken.delivered / taken.seconds)
        const goal = '≤ 1.1 × bare, streams'
        const each = taken.cpu / taken.delivered
        book.note('d', { what: 'CPU per delivery, all nodes', unit: 'µs', goal }, name, each)
        if (name !== ANCHOR)
          book.note('d', { what: 'Redis CPU per delivery', unit: 'µs' }, name, spent / taken.delivered)
      }
      for (const { name, load, cpu } of loads) {
        const { delivery } = await load.pace(500, seconds, cpu)
        book.note('d', { what: 'send → agent at 500/s, p50', unit: 'ms' }, name, quantile(delivery, 0.5))
        book.note('d', { what: 'send → agent at 500/s, p99', unit: 'ms' }, name, quantile(delivery, 0.99))
      }
    }
  } finally {
    for (const node of new Set(pairs.flat())) node.remove()
    await redis.remove()
  }
}

/** Visitors at the front node, agents at the back. */
async function across(front: Contender, back: Contender): Promise<Load> {
  const load = new Load()
  await eachOf(back.cast.agents, part => enter(back, '/agent', part, load))
  await eachOf(front.cast.visitors, async part => {
    load.add(await enter(front, '/visitor', part, load), '/visitor', part.conversations)
  })
  return load
}
