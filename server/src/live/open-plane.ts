import { type Limits, localLimits } from '../door/limits.ts'
import { inProcessLive } from './in-process.ts'
import type { Live } from './live.ts'
import { redisLive } from './redis.ts'
import { openRedis } from './redis-connection.ts'
import { redisLimits } from './redis-limits.ts'

/**
 * What nodes share beside the truth: news, and what is counted.
 *
 * @param url `redis://…`, or nothing where one process is all there is
 * @param onError told once of each time that Redis is lost
 * @param now epoch milliseconds
 */
export function openPlane(
  url: string | undefined,
  onError: (error: unknown) => void,
  now: () => number = Date.now,
): { live: Live; limits: Limits } {
  if (url === undefined) return { live: inProcessLive(), limits: localLimits({ now }) }
  const sender = openRedis(url, onError)
  const receiver = openRedis(url, onError, { queue: true })
  for (const client of [sender, receiver]) client.connect().catch(() => {})
  const live = redisLive(sender, receiver, now)
  return { live, limits: redisLimits(sender, { now, nodes: live.nodes }) }
}
