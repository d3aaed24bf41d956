/** A token bucket: `burst` at once, then `perSecond`. */
export type Rate = { burst: number; perSecond: number }

export class Bucket {
  readonly #rate: Rate
  #tokens: number
  #at: number

  constructor(rate: Rate, now: number) {
    this.#rate = rate
    this.#tokens = rate.burst
    this.#at = now
  }

  /** Takes one token. Answers 0 when there was one, else the milliseconds until there is. */
  take(now: number): number {
    const { burst, perSecond } = this.#rate
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * perSecond)
    this.#at = now
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    return Math.ceil(((1 - this.#tokens) / perSecond) * 1000)
  }
}
