import type { Network } from './network.ts'

/** A text as the rows of its features, and the number of its class. */
export type Lesson = { rows: Int32Array; label: number }

const LEFT_OUT = 0.25
/** Some of the certainty goes to all classes, or the chances end up at 0 and 1 and say nothing of doubt. */
const SMOOTHING = 0.05
const TOO_SMALL = 1e-4

/** One vector a class; a text belongs to the class whose vector its meaning is nearest to (cross-entropy of a softmax). */
export class Classes {
  readonly vectors: Float32Array
  readonly #network: Network
  readonly #moved: Float32Array
  readonly #chances: Float64Array
  readonly #meaning: Float32Array
  readonly #gradient: Float32Array

  constructor(classes: number, network: Network, random: () => number) {
    this.#network = network
    this.vectors = Float32Array.from({ length: classes * network.dimensions }, () => random() - 0.5)
    this.#moved = new Float32Array(classes).fill(1e-6)
    this.#chances = new Float64Array(classes)
    this.#meaning = new Float32Array(network.dimensions)
    this.#gradient = new Float32Array(network.dimensions)
  }

  learn({ rows, label }: Lesson, rate: number): void {
    if (rows.length === 0) return
    const meaning = this.#meaning
    const gradient = this.#gradient.fill(0)
    const { dimensions } = this.#network
    const length = this.#network.encode(rows, LEFT_OUT, meaning)
    const sum = this.#guess(meaning)
    const classes = this.#chances.length
    for (let one = 0; one < classes; one++) {
      const wanted = (one === label ? 1 - SMOOTHING : 0) + SMOOTHING / classes
      const error = this.#chances[one]! / sum - wanted
      if (Math.abs(error) < TOO_SMALL) continue
      this.#moved[one]! += (error * error) / dimensions
      const step = (rate * error) / Math.sqrt(this.#moved[one]!)
      const from = one * dimensions
      for (let index = 0; index < dimensions; index++) {
        gradient[index]! += error * this.vectors[from + index]!
        this.vectors[from + index]! -= step * meaning[index]!
      }
    }
    this.#network.learn(rows, meaning, length, gradient, rate)
  }

  #guess(meaning: Float32Array): number {
    const { dimensions } = this.#network
    let highest = Number.NEGATIVE_INFINITY
    for (let one = 0; one < this.#chances.length; one++) {
      let score = 0
      for (let index = 0; index < dimensions; index++) {
        score += this.vectors[one * dimensions + index]! * meaning[index]!
      }
      this.#chances[one] = score
      highest = Math.max(highest, score)
    }
    let sum = 0
    for (let one = 0; one < this.#chances.length; one++) {
      this.#chances[one] = Math.exp(this.#chances[one]! - highest)
      sum += this.#chances[one]!
    }
    return sum
  }
}
