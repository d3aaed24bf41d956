import { dot, softmax, toLengthOne } from './encoder.ts'
import { FeatureTable } from './feature-table.ts'
import { randomFrom, shuffle } from './random.ts'

/** One text of an entry, read. */
export type Text = { entry: number; features: Uint32Array; vector: Float32Array }

/** What an FAQ's own texts teach, in flat arrays that go to another process as they are. */
export type Lessons = {
  entries: number
  dimensions: number
  /** The hashes of the features that got a row. */
  hashes: Uint32Array
  /** How telling each is: the logarithm of how few texts have it (inverse document frequency). */
  rarity: Float32Array
  /** A number a row and entry. */
  weights: Float32Array
  /** A vector an entry, to be held against a meaning. */
  meanings: Float32Array
  bias: Float32Array
}

/** How much words and meaning weigh against each other before anything is learned. */
const WORDS = 4
const MEANING = 4
const RATE = 0.1
/** Small FAQs are gone through more often; so many texts in all are enough for large ones. */
const VISITS = 20_000
/** Errors of the chance of the right entry from which on a text is known by heart. */
const TOO_SMALL = 0.02
/** So many entries compete for a text; the others are too unlike it to learn from. */
const RIVALS = 24
/** From so many entries on, half as much is learned of each text, so that it is ready within a second. */
const LARGE = 200
/** Numbers in `weights`, about 12 MB: of a large FAQ the rarest features get no row. */
const MOST_WEIGHTS = 3e6
/** From so many texts on, what only one of them has is left out: it teaches nothing of another one. */
const MANY_TEXTS = 500

/**
 * Tells the entries of one FAQ apart by their own texts: a softmax over words and meanings together. What an operator
 * adds to the pack's knowledge, and all there is for entries the pack does not know.
 */
export class OwnWords {
  readonly #lessons: Lessons
  readonly #table: FeatureTable

  constructor(lessons: Lessons) {
    this.#lessons = lessons
    this.#table = new FeatureTable(lessons.hashes)
  }

  /** The features as rows with weights, of length 1 together. Those the FAQ has never seen are left out. */
  read(features: Uint32Array): Sparse {
    return sparse(features, this.#table, this.#lessons.rarity)
  }

  /** How near each entry is, as scores whose softmax are chances. */
  scores(words: Sparse, vector: Float32Array): Float64Array {
    const { entries, bias, weights, meanings } = this.#lessons
    const scores = Float64Array.from(bias)
    for (let index = 0; index < words.rows.length; index++) {
      const from = words.rows[index]! * entries
      const value = WORDS * words.values[index]!
      for (let entry = 0; entry < entries; entry++) scores[entry]! += value * weights[from + entry]!
    }
    for (let entry = 0; entry < entries; entry++) {
      scores[entry]! += MEANING * dot(vector, 0, meanings, entry * vector.length, vector.length)
    }
    return scores
  }
}

export type Sparse = { rows: Int32Array; values: Float32Array }

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

function sparse(features: Uint32Array, table: FeatureTable, rarity: Float32Array): Sparse {
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
  return {
    rows: rows.subarray(0, count),
    values: Float32Array.from(rows.subarray(0, count), row => rarity[row]! / length),
  }
}

const STEPS_FOR_ONE = 4

/** Learns one more text, in place, against the entries that it is now taken for. Features without a row teach nothing. */
export function learnOneMore(text: Text, lessons: Lessons): Sparse {
  const words = sparse(text.features, new FeatureTable(lessons.hashes), lessons.rarity)
  const scores = new OwnWords(lessons).scores(words, text.vector)
  scores[text.entry] = Number.POSITIVE_INFINITY
  const rivals = highest(scores, RIVALS)
  for (let step = 0; step < STEPS_FOR_ONE; step++) learnFrom(text, words, rivals, lessons, RATE)
  return words
}

/** Learns from the texts. Steps of plain gradient descent, each text against its rivals alone. */
export function learnOwnWords(texts: Text[], entries: number): { lessons: Lessons; words: Sparse[] } {
  const random = randomFrom(1)
  const dimensions = texts[0]?.vector.length ?? 0
  const hashes = chooseRows(texts, entries)
  const table = new FeatureTable(hashes)
  const rarity = rarityOf(texts, table, hashes.length)
  const words = texts.map(({ features }) => sparse(features, table, rarity))
  const rivals = findRivals(texts, words, entries, hashes.length)
  const lessons: Lessons = {
    entries,
    dimensions,
    hashes,
    rarity,
    weights: new Float32Array(hashes.length * entries),
    meanings: new Float32Array(dimensions * entries),
    bias: new Float32Array(entries),
  }
  const isLarge = entries > LARGE
  const rounds = Math.min(
    20,
    Math.max(isLarge ? 2 : 3, Math.round(VISITS / texts.length / (isLarge ? 2 : 1))),
  )
  let order = texts.map((_, index) => index)
  for (let round = 0; round < rounds; round++) {
    const rate = RATE * (1 - round / rounds)
    // What is known by heart is not asked again.
    order = shuffle(order, random).filter(index =>
      learnFrom(texts[index]!, words[index]!, rivals[texts[index]!.entry]!, lessons, rate),
    )
  }
  return { lessons, words }
}

/** One step on one text. Answers whether there was anything left to learn. */
function learnFrom(text: Text, words: Sparse, rivals: Int32Array, lessons: Lessons, rate: number): boolean {
  const { entries, weights, meanings, bias } = lessons
  const { rows, values } = words
  const { vector } = text
  const errors = new Float64Array(rivals.length)
  for (let index = 0; index < rivals.length; index++) errors[index] = bias[rivals[index]!]!
  for (let at = 0; at < rows.length; at++) {
    const from = rows[at]! * entries
    const value = WORDS * values[at]!
    for (let index = 0; index < rivals.length; index++)
      errors[index]! += value * weights[from + rivals[index]!]!
  }
  for (let index = 0; index < rivals.length; index++) {
    errors[index]! += MEANING * dot(vector, 0, meanings, rivals[index]! * vector.length, vector.length)
  }
  softmax(errors)
  const own = rivals.indexOf(text.entry)
  errors[own]! -= 1
  if (errors[own]! > -TOO_SMALL) return false
  // Row by row, as the weights lie in memory.
  for (let index = 0; index < rivals.length; index++) {
    errors[index]! *= rate
    bias[rivals[index]!]! -= 0.1 * errors[index]!
    const from = rivals[index]! * vector.length
    const step = MEANING * errors[index]!
    for (let at = 0; at < vector.length; at++) meanings[from + at]! -= step * vector[at]!
  }
  for (let at = 0; at < rows.length; at++) {
    const from = rows[at]! * entries
    const value = WORDS * values[at]!
    for (let index = 0; index < rivals.length; index++)
      weights[from + rivals[index]!]! -= value * errors[index]!
  }
  return true
}

function chooseRows(texts: Text[], entries: number): Uint32Array {
  const seen = new Map<number, number>()
  for (const { features } of texts)
    for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1)
  const most = Math.floor(MOST_WEIGHTS / entries)
  const least = texts.length > MANY_TEXTS ? 2 : 1
  const shared = [...seen].filter(([, count]) => count >= least)
  if (shared.length <= most) return Uint32Array.from(shared, ([feature]) => feature)
  const often = shared.sort(([a, one], [b, other]) => other - one || a - b)
  return Uint32Array.from(often.slice(0, most), ([feature]) => feature)
}

function rarityOf(texts: Text[], table: FeatureTable, rows: number): Float32Array {
  const count = new Float32Array(rows)
  for (const { features } of texts) {
    for (const feature of features) {
      const row = table.rowOf(feature)
      if (row >= 0) count[row]! += 1
    }
  }
  return count.map(seen => Math.log(1 + texts.length / seen))
}

/** What more entries than this have in common says little of which are alike. */
const TELLING = 20

/** For each entry itself and those most like it, by the sums of their texts' words and meanings. */
function findRivals(texts: Text[], words: Sparse[], entries: number, rows: number): Int32Array[] {
  const all = Int32Array.from({ length: entries }, (_, entry) => entry)
  if (entries <= RIVALS) return Array.from(all, () => all)
  const dimensions = texts[0]?.vector.length ?? 0
  const meanings = new Float32Array(entries * dimensions)
  const sums: Map<number, number>[] = Array.from({ length: entries }, () => new Map())
  texts.forEach(({ entry, vector }, index) => {
    for (let at = 0; at < dimensions; at++) meanings[entry * dimensions + at]! += vector[at]!
    const { rows: own, values } = words[index]!
    const sum = sums[entry]!
    for (let at = 0; at < own.length; at++) sum.set(own[at]!, (sum.get(own[at]!) ?? 0) + values[at]!)
  })
  const postings: [entry: number, value: number][][] = Array.from({ length: rows }, () => [])
  const sizes = new Float32Array(entries)
  sums.forEach((sum, entry) => {
    toLengthOne(meanings.subarray(entry * dimensions, (entry + 1) * dimensions))
    let square = 0
    for (const value of sum.values()) square += value * value
    sizes[entry] = Math.sqrt(square) || 1
    for (const [row, value] of sum) postings[row]!.push([entry, value / sizes[entry]!])
  })
  return sums.map((sum, entry) => {
    const near = new Float32Array(entries)
    for (let one = 0; one < entries; one++)
      near[one] = dot(meanings, entry * dimensions, meanings, one * dimensions, dimensions)
    for (const [row, value] of sum) {
      const posting = postings[row]!
      if (posting.length > TELLING) continue
      for (const [one, other] of posting) near[one]! += (value / sizes[entry]!) * other
    }
    near[entry] = Number.POSITIVE_INFINITY
    return highest(near, entries > LARGE ? RIVALS / 2 : RIVALS)
  })
}

/** The places of the highest numbers, highest first. */
export function highest(numbers: ArrayLike<number>, count: number): Int32Array {
  const places = new Int32Array(Math.min(count, numbers.length))
  let found = 0
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place]!
    if (found === places.length && number <= numbers[places[found - 1]!]!) continue
    let at = found < places.length ? found++ : found - 1
    for (; at > 0 && numbers[places[at - 1]!]! < number; at--) places[at] = places[at - 1]!
    places[at] = place
  }
  return places
}
