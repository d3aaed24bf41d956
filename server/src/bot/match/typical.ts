import type { Lessons, Shape, Text } from './own-words.ts'
import type { Sparse } from './words.ts'

/** What is typical of each entry: the mean of its texts' words and meanings. */
export function typicalOf(
  texts: readonly Text[],
  words: readonly Sparse[],
  { entries, dimensions, rows: length }: Shape & { rows: number },
): Pick<Lessons, 'starts' | 'owners' | 'weights' | 'meanings' | 'bias'> {
  const counts = new Int32Array(entries)
  for (const { entry } of texts) counts[entry]! += 1
  const meanings = new Float32Array(entries * dimensions)
  /** Per row each entry that has it, and how much. */
  const had = Array.from({ length }, () => new Map<number, number>())
  texts.forEach(({ entry, vector }, index) => {
    const share = 1 / counts[entry]!
    for (let at = 0; at < dimensions; at++) meanings[entry * dimensions + at]! += share * vector[at]!
    const { rows, values } = words[index]!
    for (let at = 0; at < rows.length; at++) {
      const owners = had[rows[at]!]!
      owners.set(entry, (owners.get(entry) ?? 0) + share * values[at]!)
    }
  })
  const starts = new Int32Array(had.length + 1)
  had.forEach((owners, row) => {
    starts[row + 1] = starts[row]! + owners.size
  })
  return {
    starts,
    owners: Int32Array.from(had.flatMap(owners => [...owners.keys()])),
    weights: Float32Array.from(had.flatMap(owners => [...owners.values()])),
    meanings,
    bias: new Float32Array(entries),
  }
}
