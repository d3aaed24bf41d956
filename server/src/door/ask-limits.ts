import type { Buckets } from './buckets.ts'
import type { Limits } from './limits.ts'
import type { Rate } from './rate.ts'
import type { PersonRates } from './settings.ts'

/** Words of a person; they are counted for all nodes together. */
const WORDS = new Set(['message:send', 'conversation:start'])
/** These come often, cost little and may be lost. */
const HINTS = new Set(['typing:start', 'message:read'])

export type Counters = {
  limits: Limits
  /** What is counted on this node alone, since asking elsewhere would cost more than the ask. */
  near: Buckets
  /** Epoch milliseconds. */
  now: () => number
}

/**
 * Counts the asks of one person, on whatever sockets they come. Answers 0, or the milliseconds to wait.
 *
 * @param ceiling a bucket that many share, such as all guests of a site
 */
export function askLimits(
  { limits, near, now }: Counters,
  rates: PersonRates,
  who: string,
  ceiling?: { key: string; rate: Rate },
): (event: string) => Promise<number> {
  return async event => {
    if (HINTS.has(event)) return near.take(`hint:${who}`, rates.hint, now())
    if (!WORDS.has(event)) return near.take(`ask:${who}`, rates.ask, now())
    const own = await limits.take(`message:${who}`, rates.message)
    if (own > 0 || !ceiling) return own
    const shared = await limits.take(ceiling.key, ceiling.rate)
    // Their own turn is not lost to a crowd.
    if (shared > 0) await limits.give(`message:${who}`, rates.message)
    return shared
  }
}
