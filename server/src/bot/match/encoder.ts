import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FeatureTable } from './feature-table.ts'

/**
 * What a text means, learned by `training/`: texts that mean the same lie near each other, whatever their language.
 * The meaning is the sum of one vector a feature, brought to length 1.
 */
export interface Encoder {
  /** Numbers in a meaning. */
  readonly dimensions: number
  encode(features: Uint32Array): Meaning
  /** The chance of each intent of the pack, in the order of `INTENTS`; the last number is "none of them". */
  intentsOf(meaning: Meaning): Float64Array
}

export type Meaning = {
  vector: Float32Array
  /** The share of the features that have a row, 0 to 1. */
  known: number
}

/** The weights as they lie in the file; `MODEL.md` has the layout. */
export type Weights = {
  dimensions: number
  /** The hash of each row's feature. */
  hashes: Uint32Array
  /** What 1 stands for in each row. */
  scales: Float32Array
  /** Two numbers of 4 bits a byte, the first one in the low half, each 8 more than it means. */
  halves: Uint8Array
  /** A vector an intent, and one for none of them. */
  intents: Float32Array
}

const MAGIC = 0x3145444e

export function readWeights(path = join(import.meta.dirname, 'encoder.bin')): Weights {
  const file = readFileSync(path)
  // A view on numbers of 4 bytes must begin at a multiple of 4, which a pooled buffer does not promise.
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.length)
  const [magic, dimensions = 0, rows = 0, classes = 0] = new Uint32Array(bytes, 0, 4)
  if (magic !== MAGIC || dimensions % 4 !== 0) throw new Error(`${path} is not an encoder of this version`)
  let at = 16
  const next = (length: number) => {
    at += length
    return at - length
  }
  return {
    dimensions,
    hashes: new Uint32Array(bytes, next(rows * 4), rows),
    scales: new Float32Array(bytes, next(rows * 4), rows),
    intents: new Float32Array(bytes, next(classes * dimensions * 4), classes * dimensions),
    halves: new Uint8Array(bytes, next((rows * dimensions) / 2), (rows * dimensions) / 2),
  }
}

export function writeWeights({ dimensions, hashes, scales, intents, halves }: Weights): Uint8Array {
  const head = Uint32Array.of(MAGIC, dimensions, hashes.length, intents.length / dimensions)
  const parts = [head, hashes, scales, intents, halves]
  return Buffer.concat(parts.map(part => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)))
}

export function openEncoder({ dimensions, hashes, scales, halves, intents }: Weights): Encoder {
  const table = new FeatureTable(hashes)
  const stride = dimensions / 2
  return {
    dimensions,
    encode: features => {
      const vector = new Float32Array(dimensions)
      let known = 0
      for (const feature of features) {
        const row = table.rowOf(feature)
        if (row < 0) continue
        known++
        const scale = scales[row] ?? 0
        const from = row * stride
        for (let index = 0; index < stride; index++) {
          const byte = halves[from + index] ?? 0
          vector[2 * index] = (vector[2 * index] ?? 0) + scale * ((byte & 15) - 8)
          vector[2 * index + 1] = (vector[2 * index + 1] ?? 0) + scale * ((byte >> 4) - 8)
        }
      }
      toLengthOne(vector)
      return { vector, known: features.length === 0 ? 0 : known / features.length }
    },
    intentsOf: ({ vector }) => {
      const chances = new Float64Array(intents.length / dimensions)
      for (let intent = 0; intent < chances.length; intent++) {
        chances[intent] = dot(vector, 0, intents, intent * dimensions, dimensions)
      }
      return softmax(chances)
    },
  }
}

export function toLengthOne(vector: Float32Array): void {
  let square = 0
  for (const value of vector) square += value * value
  const length = Math.sqrt(square) || 1
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) / length
}

/** The sum of products of two runs of numbers, whose length is a multiple of 4. */
export function dot(a: Float32Array, fromA: number, b: Float32Array, fromB: number, length: number): number {
  // Four sums at once, which do not wait for each other.
  let [one, two, three, four] = [0, 0, 0, 0]
  for (let index = 0; index < length; index += 4) {
    one += a[fromA + index]! * b[fromB + index]!
    two += a[fromA + index + 1]! * b[fromB + index + 1]!
    three += a[fromA + index + 2]! * b[fromB + index + 2]!
    four += a[fromA + index + 3]! * b[fromB + index + 3]!
  }
  return one + two + (three + four)
}

/** Turns scores into chances that add up to 1, in place. */
export function softmax(scores: Float64Array): Float64Array {
  let highest = Number.NEGATIVE_INFINITY
  for (const score of scores) highest = Math.max(highest, score)
  let sum = 0
  for (let index = 0; index < scores.length; index++) {
    const power = Math.exp((scores[index] ?? 0) - highest)
    scores[index] = power
    sum += power
  }
  for (let index = 0; index < scores.length; index++) scores[index] = (scores[index] ?? 0) / sum
  return scores
}
