import { FeatureTable } from './feature-table.ts'

/** The words of an FAQ's own texts: every feature that one of them has, each of which has a row. */
export type Vocabulary = {
  hashes: Uint32Array
  /** How telling each is: the logarithm of how few texts have it (inverse document frequency). */
  rarity: Float32Array
  /** Of how many texts it was made; those that came later are not counted. */
  texts: number
}

/** The words of a text: rows with weights, of length 1 together. */
export type Sparse = { rows: Int32Array; values: Float32Array }

export function vocabularyOf(texts: readonly Uint32Array[]): Vocabulary {
  const seen = new Map<number, number>()
  for (const features of texts) {
    for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1)
  }
  return {
    hashes: Uint32Array.from(seen.keys()),
    rarity: Float32Array.from(seen.values(), count => rarityOf(count, texts.length)),
    texts: texts.length,
  }
}

/** How telling a feature is that so many of the texts have. */
export const rarityOf = (count: number, texts: number): number => Math.log(1 + texts / count)

/** One table a vocabulary, whoever reads by it: to make one is most of what a new phrasing takes. */
const tables = new WeakMap<Uint32Array, FeatureTable>()

export function tableOf({ hashes }: Vocabulary): FeatureTable {
  const table = tables.get(hashes) ?? new FeatureTable(hashes)
  tables.set(hashes, table)
  return table
}

/** Reads features as the words of an FAQ. Those it has never seen are left out. */
export function readerOf(vocabulary: Vocabulary): (features: Uint32Array) => Sparse {
  const { rarity } = vocabulary
  const table = tableOf(vocabulary)
  return features => {
    const rows = new Int32Array(features.length)
    let count = 0
    let square = 0
    for (const feature of features) {
      const row = table.rowOf(feature)
      if (row < 0) continue
      rows[count++] = row
      square += rarity[row]! ** 2
    }
    const length = Math.sqrt(square) || 1
    const known = rows.subarray(0, count)
    return { rows: known, values: Float32Array.from(known, row => rarity[row]! / length) }
  }
}

/** The words of many texts, one after the other: those of text n are at `starts[n]` up to `starts[n + 1]`. */
export type Texts = { starts: Int32Array; rows: Int32Array; values: Float32Array }

export function inOne(words: readonly Sparse[]): Texts {
  const starts = new Int32Array(words.length + 1)
  words.forEach(({ rows }, index) => {
    starts[index + 1] = starts[index]! + rows.length
  })
  const all = { starts, rows: new Int32Array(starts.at(-1)!), values: new Float32Array(starts.at(-1)!) }
  words.forEach(({ rows, values }, index) => {
    all.rows.set(rows, starts[index]!)
    all.values.set(values, starts[index]!)
  })
  return all
}

/** One list after the other. */
export function joined<A extends Float32Array | Int32Array | Uint32Array>(a: A, b: A): A {
  const both = new (a.constructor as new (length: number) => A)(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
