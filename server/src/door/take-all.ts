import { ChatError } from '@nightdesk/shared/errors.ts'
import type { Limits } from './limits.ts'
import type { Rate } from './rate.ts'

/**
 * Takes one token of every key or of none. Throws RATE_LIMITED with the wait; answers what gives them all back, for
 * what turns out not to count.
 */
export async function takeAll(
  limits: Limits,
  wanted: readonly (readonly [key: string, rate: Rate])[],
): Promise<() => Promise<void>> {
  const taken: (readonly [string, Rate])[] = []
  const giveBack = async () => {
    for (const [key, rate] of taken.splice(0)) await limits.give(key, rate)
  }
  for (const [key, rate] of wanted) {
    const wait = await limits.take(key, rate)
    if (wait > 0) {
      await giveBack()
      throw new ChatError('RATE_LIMITED', { retryAfterMs: wait })
    }
    taken.push([key, rate])
  }
  return giveBack
}
