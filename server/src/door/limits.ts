import { Buckets } from './buckets.ts'
import type { Rate } from './rate.ts'

/**
 * How often something may happen, counted for all nodes together. Keys are `what:whom`, such as
 * `message:vi_…`; one key is always asked with one rate.
 */
export type Limits = {
  /** Takes one token of the key's bucket. Answers 0, or the milliseconds until there is one; being refused is free. */
  take(key: string, rate: Rate): Promise<number>
  /** Gives one token back, never above the burst: what it was taken for turned out not to count. */
  give(key: string, rate: Rate): Promise<void>
  /** Whether this is the first time within `ttlMs` milliseconds that the key is shown (`SET key 1 NX PX ttl`). */
  once(key: string, ttlMs: number): Promise<boolean>
}

type Options = {
  /** Epoch milliseconds. */
  now: () => number
  /** Keys kept at most, of buckets and of `once` each. */
  remembered?: number
}

/** Limits counted in this process, in bounded memory. */
export function localLimits({ now, remembered = 100_000 }: Options): Limits {
  const buckets = new Buckets(remembered)
  /** When each key of `once` is forgotten, in the order in which they came. */
  const shown = new Map<string, number>()

  function forgetOld(at: number): void {
    for (const [key, until] of shown) {
      if (until > at) return
      shown.delete(key)
    }
  }

  return {
    take: async (key, rate) => buckets.take(key, rate, now()),
    give: async key => buckets.give(key),
    once: async (key, ttlMs) => {
      const at = now()
      forgetOld(at)
      if ((shown.get(key) ?? 0) > at) return false
      // Rather one proof too few than one twice: nothing that still counts is forgotten for want of room.
      if (shown.size >= remembered) return false
      shown.delete(key)
      shown.set(key, at + ttlMs)
      return true
    },
  }
}
