/** A token bucket: `burst` at once, then `perSecond`. */
export type Rate = { burst: number; perSecond: number }

/** One bucket of tokens. The rate is given at every call, so that a bucket is two numbers and nothing else. */
export class Bucket {
  #tokens: number
  #at: number

  /** @param now epoch milliseconds, as in every method */
  constructor(rate: Rate, now: number) {
    this.#tokens = rate.burst
    this.#at = now
  }

  /** Takes one token. Answers 0 when there was one, else the milliseconds until there is. */
  take(rate: Rate, now: number): number {
    this.#refill(rate, now)
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    return Math.ceil(((1 - this.#tokens) / rate.perSecond) * 1000)
  }

  /** Gives a token back: what it was taken for turned out not to count. The next take sees no more than the burst. */
  give(): void {
    this.#tokens += 1
  }

  /** Milliseconds, epoch, at which the bucket is full again and so the same as a new one. */
  fullAt(rate: Rate): number {
    return this.#at + ((rate.burst - this.#tokens) / rate.perSecond) * 1000
  }

  #refill({ burst, perSecond }: Rate, now: number): void {
    // A clock that is set back gives nothing and takes nothing.
    const elapsed = Math.max(0, now - this.#at)
    this.#tokens = Math.min(burst, this.#tokens + (elapsed / 1000) * perSecond)
    this.#at = now
  }
}
