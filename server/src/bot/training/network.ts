/**
 * The vectors that are learned: one a feature, summed and brought to length 1. Steps are Adagrad's with one number a
 * row (Duchi et al. 2011), so that a rare feature learns as much from its few texts as a frequent one from its many.
 */
export class Network {
  readonly dimensions: number
  readonly vectors: Float32Array
  readonly #moved: Float32Array
  readonly #random: () => number

  constructor(rows: number, dimensions: number, random: () => number) {
    this.dimensions = dimensions
    this.#random = random
    this.vectors = new Float32Array(rows * dimensions)
    this.#moved = new Float32Array(rows).fill(1e-8)
    const width = 0.2 / Math.sqrt(dimensions)
    for (let index = 0; index < this.vectors.length; index++) this.vectors[index] = (random() - 0.5) * width
  }

  /** Writes the meaning of the rows into `out`; some are left out by chance, so that none is relied on. Answers its length before. */
  encode(rows: Int32Array, leftOut: number, out: Float32Array): number {
    const { dimensions, vectors } = this
    out.fill(0)
    for (const row of rows) {
      if (this.#random() < leftOut) continue
      const from = row * dimensions
      for (let index = 0; index < dimensions; index++) out[index]! += vectors[from + index]!
    }
    let square = 0
    for (let index = 0; index < dimensions; index++) square += out[index]! * out[index]!
    const length = Math.sqrt(square) + 1e-6
    for (let index = 0; index < dimensions; index++) out[index]! /= length
    return length
  }

  /** Moves the rows against the gradient of the meaning. Overwrites `gradient`. */
  learn(rows: Int32Array, meaning: Float32Array, length: number, gradient: Float32Array, rate: number): void {
    const { dimensions, vectors } = this
    let along = 0
    for (let index = 0; index < dimensions; index++) along += meaning[index]! * gradient[index]!
    let square = 0
    for (let index = 0; index < dimensions; index++) {
      const value = (gradient[index]! - meaning[index]! * along) / length
      gradient[index] = value
      square += value * value
    }
    if (square === 0) return
    for (const row of rows) {
      this.#moved[row]! += square / dimensions
      const step = rate / Math.sqrt(this.#moved[row]!)
      const from = row * dimensions
      for (let index = 0; index < dimensions; index++) vectors[from + index]! -= step * gradient[index]!
    }
  }
}
