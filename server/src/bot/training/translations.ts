import type { Network } from './network.ts'

/** The rows of a sentence and those of its translation. */
export type Pair = readonly [Int32Array, Int32Array]

const LEFT_OUT = 0.25
/** How sharply the right translation must stand out. */
const SHARPNESS = 12
const WEIGHT = 0.3
const TOO_SMALL = 1e-4

/**
 * Brings each sentence nearer to its own translation than to those of the others in the batch, both ways (InfoNCE with
 * in-batch negatives: van den Oord et al. 2018; for translations Yang et al. 2019).
 */
export function learnTranslations(network: Network, batch: Pair[], rate: number): void {
  const { dimensions } = network
  const sides = [0, 1] as const
  const meanings = sides.map(side => batch.map(pair => encoded(network, pair[side])))
  const [ours = [], theirs = []] = meanings
  const likeness = ours.map(one =>
    theirs.map(other => Math.exp((dotOf(one.meaning, other.meaning) - 1) * SHARPNESS)),
  )
  const rowSums = likeness.map(row => row.reduce((sum, value) => sum + value, 0))
  const columnSums = theirs.map((_, column) => likeness.reduce((sum, row) => sum + row[column]!, 0))
  const gradients = sides.map(() => batch.map(() => new Float32Array(dimensions)))
  for (let row = 0; row < batch.length; row++) {
    for (let column = 0; column < batch.length; column++) {
      const share = likeness[row]![column]! / rowSums[row]! + likeness[row]![column]! / columnSums[column]!
      const error = WEIGHT * SHARPNESS * 0.5 * (share - (row === column ? 2 : 0))
      if (Math.abs(error) < TOO_SMALL) continue
      addTo(gradients[0]![row]!, theirs[column]!.meaning, error)
      addTo(gradients[1]![column]!, ours[row]!.meaning, error)
    }
  }
  for (const side of sides) {
    batch.forEach((pair, index) => {
      const { meaning, length } = meanings[side]![index]!
      network.learn(pair[side], meaning, length, gradients[side]![index]!, rate)
    })
  }
}

function encoded(network: Network, rows: Int32Array): { meaning: Float32Array; length: number } {
  const meaning = new Float32Array(network.dimensions)
  const length = network.encode(rows, LEFT_OUT, meaning)
  return { meaning, length }
}

function dotOf(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!
  return sum
}

function addTo(sum: Float32Array, vector: Float32Array, times: number): void {
  for (let index = 0; index < sum.length; index++) sum[index]! += times * vector[index]!
}
