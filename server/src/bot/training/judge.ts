import type { Judge, Judgement } from '../match/confidence.ts'
import { softmax } from '../match/encoder.ts'
import { type Evidence, SIGNS } from '../match/evidence.ts'
import { shuffle } from '../match/random.ts'
import type { Visit } from './play.ts'

const HIDDEN = 24
const ROUNDS = 10
const BATCH = 8
const RATE = 0.004
/** Keeps weights small that the visits do not insist on. */
const DECAY = 1e-5

/**
 * Fits a judge to visits: maximum likelihood of the candidate that was meant, or of none of them, by steps of Adam
 * (Kingma and Ba 2014), the gradient by the chain rule.
 */
export function learnJudge(
  visits: readonly Visit[],
  random: () => number,
): Pick<Judge, 'linked' | 'foreign'> {
  const steps = Math.ceil(visits.length / BATCH) * ROUNDS
  const [linked, foreign] = [new Learner(random, steps), new Learner(random, steps)]
  const order = [...visits]
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, random)
    for (let first = 0; first < order.length; first += BATCH) {
      for (const visit of order.slice(first, first + BATCH)) {
        const weighed = visit.map(one => (one.isLinked ? linked : foreign).weigh(one.evidence))
        const chances = softmax(Float64Array.of(...weighed.map(({ odds }) => odds), 0))
        visit.forEach(({ isRight }, place) => {
          weighed[place]!.learn(chances[place]! - (isRight ? 1 : 0))
        })
      }
      linked.move()
      foreign.move()
    }
  }
  return { linked: linked.judgement(), foreign: foreign.judgement() }
}

/** One hidden layer, while it is learned. */
class Learner {
  readonly #weights: Float64Array
  readonly #gradient: Float64Array
  readonly #mean: Float64Array
  readonly #spread: Float64Array
  readonly #steps: number
  #step = 0

  constructor(random: () => number, steps: number) {
    const size = OUT + HIDDEN + 1
    this.#weights = Float64Array.from({ length: size }, () => (random() - 0.5) * 0.6)
    this.#gradient = new Float64Array(size)
    this.#mean = new Float64Array(size)
    this.#spread = new Float64Array(size)
    this.#steps = steps
  }

  weigh(evidence: Evidence): { odds: number; learn: (error: number) => void } {
    const weights = this.#weights
    const gradient = this.#gradient
    const inner = new Float64Array(HIDDEN)
    let odds = weights[OUT + HIDDEN]!
    for (let unit = 0; unit < HIDDEN; unit++) {
      let value = weights[unit * WIDTH + SIGNS]!
      for (let sign = 0; sign < SIGNS; sign++) value += weights[unit * WIDTH + sign]! * evidence[sign]!
      inner[unit] = Math.tanh(value)
      odds += weights[OUT + unit]! * inner[unit]!
    }
    const learn = (error: number): void => {
      gradient[OUT + HIDDEN]! += error
      for (let unit = 0; unit < HIDDEN; unit++) {
        gradient[OUT + unit]! += error * inner[unit]!
        const slope = error * weights[OUT + unit]! * (1 - inner[unit]! ** 2)
        gradient[unit * WIDTH + SIGNS]! += slope
        for (let sign = 0; sign < SIGNS; sign++) gradient[unit * WIDTH + sign]! += slope * evidence[sign]!
      }
    }
    return { odds, learn }
  }

  move(): void {
    this.#step++
    const rate = RATE * (1 - this.#step / (this.#steps + 1))
    for (let index = 0; index < this.#weights.length; index++) {
      const slope = this.#gradient[index]! / BATCH + DECAY * this.#weights[index]!
      this.#mean[index] = 0.9 * this.#mean[index]! + 0.1 * slope
      this.#spread[index] = 0.999 * this.#spread[index]! + 0.001 * slope * slope
      const size = Math.sqrt(this.#spread[index]! / (1 - 0.999 ** this.#step)) + 1e-8
      this.#weights[index]! -= (rate * (this.#mean[index]! / (1 - 0.9 ** this.#step))) / size
    }
    this.#gradient.fill(0)
  }

  judgement(): Judgement {
    const rounded = Array.from(this.#weights, weight => Math.round(weight * 1e4) / 1e4)
    return { into: rounded.slice(0, OUT), out: rounded.slice(OUT), past: [] }
  }
}

const WIDTH = SIGNS + 1
/** Where the weights of the hidden units begin. */
const OUT = HIDDEN * WIDTH
