import { defineScript } from 'redis'
import { type Limits, localLimits } from '../door/limits.ts'
import type { Rate } from '../door/rate.ts'
import type { RedisConnection } from './redis-connection.ts'

/** An answer that takes longer is not waited for: nobody's message hangs on a counter. */
const PATIENCE_MS = 100
/** After a failure Redis is left alone for so long. */
const AWAY_MS = 1000

/**
 * A token bucket as two numbers in a hash, by the clock of Redis, gone when it would be full again. Answers the
 * milliseconds to wait. Where `give` is 1 it gives a token back instead.
 */
const BUCKET = `
local burst, perSecond, give = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local held = redis.call('HMGET', KEYS[1], 'tokens', 'at')
if give and not held[1] then return 0 end
local tokens, at = tonumber(held[1] or burst), tonumber(held[2] or now)
tokens = math.min(burst, tokens + math.max(0, now - at) / 1000 * perSecond)
local wait = 0
if give then tokens = math.min(burst, tokens + 1)
elseif tokens >= 1 then tokens = tokens - 1
else wait = math.ceil((1 - tokens) / perSecond * 1000) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) / perSecond * 1000) + 1000)
return wait`

export const bucketScript = defineScript({
  SCRIPT: BUCKET,
  NUMBER_OF_KEYS: 1,
  parseCommand: (parser, key: string, rate: Rate, give: boolean) => {
    parser.pushKey(`nightdesk:bucket:${key}`)
    // Whole numbers of a sensible size: what is unlimited stays within what a number can count.
    parser.push(`${Math.min(rate.burst, 1e9)}`, `${Math.min(rate.perSecond, 1e9)}`, give ? '1' : '0')
  },
  transformReply: (reply: number) => reply,
})

/**
 * Limits that all nodes count together. Without Redis each node counts its own share, so that no gate stands open
 * and none is shut: the limit divided by the nodes that were there last.
 */
export function redisLimits(
  redis: RedisConnection,
  options: { now: () => number; nodes: () => number },
): Limits {
  const { now, nodes } = options
  const local = localLimits({ now })
  let awayUntil = 0

  async function asked<Answer>(
    ask: () => Promise<Answer>,
    otherwise: () => Promise<Answer>,
  ): Promise<Answer> {
    if (!redis.isReady || now() < awayUntil) return otherwise()
    try {
      return await within(PATIENCE_MS, ask())
    } catch {
      awayUntil = now() + AWAY_MS
      return otherwise()
    }
  }

  const share = ({ burst, perSecond }: Rate): Rate => {
    const count = Math.max(1, nodes())
    return { burst: Math.max(1, Math.ceil(burst / count)), perSecond: perSecond / count }
  }

  return {
    take: (key, rate) =>
      asked(
        () => redis.bucket(key, rate, false),
        () => local.take(key, share(rate)),
      ),
    give: async (key, rate) => {
      await asked<unknown>(
        () => redis.bucket(key, rate, true),
        () => local.give(key, share(rate)),
      )
    },
    // Shown once here is shown once for all who ask here; a proof is bound to its address and short-lived besides.
    once: async (key, ttlMs) => {
      const isNew = await local.once(key, ttlMs)
      if (!isNew) return false
      return asked(
        async () => (await redis.set(`nightdesk:once:${key}`, '1', { NX: true, PX: ttlMs })) !== null,
        async () => true,
      )
    },
  }
}

function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('late')), ms)
    answer.then(resolve, reject).finally(() => clearTimeout(late))
  })
}
