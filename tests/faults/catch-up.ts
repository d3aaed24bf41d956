import { clock } from './clock.ts'

const LONGEST_MS = 60_000

/**
 * How long it takes until a message is on a screen: from its commit, or from the end of the last fault when that
 * came later. What is shown while a fault lasts is promised nothing and is not counted (G4).
 */
export class CatchUp {
  readonly #byMs = new Uint32Array(LONGEST_MS + 1)
  #seen = 0
  #underWay = 0
  #healedAt = 0

  begin(): void {
    this.#underWay++
  }

  end(): void {
    this.#underWay--
    this.#healedAt = clock()
  }

  /** One observer shows a message that was committed at `sentAt` of the server's clock, which may be wrong. */
  seen(sentAt: number): void {
    if (this.#underWay > 0) return
    const now = clock()
    const took = Math.round(now - Math.max(Math.min(sentAt, now), this.#healedAt))
    const index = Math.min(Math.max(took, 0), LONGEST_MS)
    this.#byMs[index] = (this.#byMs[index] ?? 0) + 1
    this.#seen++
  }

  /** Milliseconds that 99 of 100 did not exceed, over all observers. */
  p99(): number {
    let left = this.#seen * 0.01
    for (let ms = LONGEST_MS; ms > 0; ms--) {
      left -= this.#byMs[ms] ?? 0
      if (left < 0) return ms
    }
    return 0
  }
}
