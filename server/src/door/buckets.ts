import { Bucket, type Rate } from './rate.ts'

/** How many of the longest untouched buckets are looked at for a full one when room is needed. */
const LOOKED_AT = 8

/**
 * Many token buckets by key, in this process, in bounded memory: about 200 bytes a bucket. When there is no room
 * the longest untouched bucket that is full again leaves, which loses nothing; without one the oldest leaves.
 */
export class Buckets {
  readonly #buckets = new Map<string, { bucket: Bucket; rate: Rate }>()
  readonly #remembered: number

  constructor(remembered: number) {
    this.#remembered = remembered
  }

  get size(): number {
    return this.#buckets.size
  }

  /** Takes one token of `key`. Answers 0, or the milliseconds until there is one. `now`: epoch milliseconds. */
  take(key: string, rate: Rate, now: number): number {
    return this.#touch(key, rate, now).take(rate, now)
  }

  /** Gives one token back. A key that is not remembered is full anyway. */
  give(key: string): void {
    this.#buckets.get(key)?.bucket.give()
  }

  #touch(key: string, rate: Rate, now: number): Bucket {
    const known = this.#buckets.get(key)
    if (known) this.#buckets.delete(key)
    else if (this.#buckets.size >= this.#remembered) this.#makeRoom(now)
    const { bucket } = known ?? { bucket: new Bucket(rate, now) }
    // Behind all others: the map's order is the order of last use.
    this.#buckets.set(key, { bucket, rate })
    return bucket
  }

  #makeRoom(now: number): void {
    let oldest: string | undefined
    let looked = 0
    for (const [key, { bucket, rate }] of this.#buckets) {
      oldest ??= key
      if (bucket.fullAt(rate) <= now) {
        this.#buckets.delete(key)
        return
      }
      if (++looked === LOOKED_AT) break
    }
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}
