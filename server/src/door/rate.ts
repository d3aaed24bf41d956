/** A token bucket: `burst` at once, then `perSecond`. */
export type Rate = { burst: number; perSecond: number }

/** How often one socket may ask. Typing and read marks come often and cost little; the rest is for people. */
export type Rates = { ask: Rate; hint: Rate }

/** Eight messages at once and one in two seconds, widened for what an app asks by itself when it connects and pages. */
export const SHIPPED_RATES: { visitor: Rates; agent: Rates } = {
  visitor: { ask: { burst: 20, perSecond: 1 }, hint: { burst: 20, perSecond: 4 } },
  agent: { ask: { burst: 60, perSecond: 10 }, hint: { burst: 30, perSecond: 5 } },
}

export class Bucket {
  readonly #rate: Rate
  #tokens: number
  #at: number

  constructor(rate: Rate, now: number) {
    this.#rate = rate
    this.#tokens = rate.burst
    this.#at = now
  }

  /** Gives a token back: what it was taken for turned out not to count. */
  give(): void {
    this.#tokens += 1
  }

  /** Takes one token. Answers 0 when there was one, else the milliseconds until there is. */
  take(now: number): number {
    const { burst, perSecond } = this.#rate
    // A clock that is set back gives nothing and takes nothing.
    const elapsed = Math.max(0, now - this.#at)
    this.#tokens = Math.min(burst, this.#tokens + (elapsed / 1000) * perSecond)
    this.#at = now
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    return Math.ceil(((1 - this.#tokens) / perSecond) * 1000)
  }
}
