import { dot, softmax } from './encoder.ts'
import { highest } from './highest.ts'
import { randomFrom, shuffle } from './random.ts'
import { chooseRivals, RIVALS } from './rivals.ts'
import { typicalOf } from './typical.ts'
import { readerOf, type Sparse, type Vocabulary, vocabularyOf } from './words.ts'

/** One text of an entry, read. */
export type Text = { entry: number; features: Uint32Array; vector: Float32Array }

/** How much words and meaning weigh before anything is learned: what they may say against each other. */
export type Balance = { words: number; meaning: number }

/** How many entries an FAQ has, and numbers a meaning. */
export type Shape = { entries: number; dimensions: number }

/** What an FAQ's own texts teach, in flat arrays that go to another process as they are. */
export type Lessons = {
  entries: number
  balance: Balance
  vocabulary: Vocabulary
  /** An entry has a weight for each word of its texts: those of row n are at `starts[n]` up to `starts[n + 1]`. */
  starts: Int32Array
  owners: Int32Array
  weights: Float32Array
  /** A vector an entry, to be held against a meaning. */
  meanings: Float32Array
  bias: Float32Array
}

const RATE = 0.1
/** Small FAQs are gone through more often; so many texts in all are enough for large ones. */
const VISITS = 20_000
const MOST_ROUNDS = 20
const LEAST_ROUNDS = 3
/** An FAQ of more entries is gone through twice, so that one of five hundred is ready within about a second. */
export const LARGE = 200
const ROUNDS_WHEN_LARGE = 2
/** Errors of the chance of the right entry from which on a text is known by heart. */
const TOO_SMALL = 0.02
/** Errors of other entries' chances that teach nothing. */
const FAR_OFF = 0.01

/**
 * How near each entry is, as scores whose softmax are chances: a linear classifier of words and meanings together,
 * which tells the entries of one FAQ apart by their own texts. What an operator adds to the pack's knowledge, and all
 * there is for entries that the pack does not know.
 */
export function ownScores(lessons: Lessons, words: Sparse, vector: Float32Array): Float64Array {
  return scoresByWords(lessons, words).map((score, entry) => score + scoreByMeaning(lessons, vector, entry))
}

function scoresByWords(
  { balance, starts, owners, weights, bias }: Lessons,
  { rows, values }: Sparse,
): Float64Array {
  const scores = Float64Array.from(bias)
  for (let at = 0; at < rows.length; at++) {
    const value = balance.words * values[at]!
    const end = starts[rows[at]! + 1]!
    for (let place = starts[rows[at]!]!; place < end; place++)
      scores[owners[place]!]! += value * weights[place]!
  }
  return scores
}

const scoreByMeaning = ({ balance, meanings }: Lessons, vector: Float32Array, entry: number): number =>
  balance.meaning * dot(vector, 0, meanings, entry * vector.length, vector.length)

/** Learns from the texts: begins with what is typical of each entry, then takes steps of plain gradient descent. */
export function learnWith(
  balance: Balance,
  texts: readonly Text[],
  { entries, dimensions }: Shape,
): { lessons: Lessons; words: Sparse[] } {
  const random = randomFrom(1)
  const vocabulary = vocabularyOf(texts.map(({ features }) => features))
  const words = texts.map(({ features }) => features).map(readerOf(vocabulary))
  const lessons = {
    entries,
    balance,
    vocabulary,
    ...typicalOf(texts, words, { entries, dimensions, rows: vocabulary.hashes.length }),
  }
  const rivalsOf = chooseRivals(lessons)
  const rivals: Int32Array[] = []
  const enough = Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, Math.round(VISITS / texts.length)))
  const rounds = entries > LARGE ? ROUNDS_WHEN_LARGE : enough
  let order = texts.map((_, index) => index)
  for (let round = 0; round < rounds; round++) {
    const rate = RATE * (1 - round / rounds)
    // What is known by heart is not asked again.
    order = shuffle(order, random).filter(index => {
      const text = texts[index]!
      const scores = scoresByWords(lessons, words[index]!)
      rivals[index] ??= rivalsOf(text.entry, scores)
      return learnFrom(text, words[index]!, scores, rivals[index]!, lessons, rate)
    })
  }
  return { lessons, words }
}

const STEPS_FOR_ONE = 4

/** Learns one more text, in place, against the entries that it is now taken for. */
export function learnOneMore(text: Text, words: Sparse, lessons: Lessons): void {
  const near = ownScores(lessons, words, text.vector)
  near[text.entry] = Number.POSITIVE_INFINITY
  const rivals = highest(near, 2 * RIVALS)
  for (let step = 0; step < STEPS_FOR_ONE; step++)
    learnFrom(text, words, scoresByWords(lessons, words), rivals, lessons, RATE)
}

/** One step on one text. Overwrites `scores`. Answers whether there was anything left to learn. */
function learnFrom(
  { entry, vector }: Text,
  { rows, values }: Sparse,
  scores: Float64Array,
  rivals: Int32Array,
  lessons: Lessons,
  rate: number,
): boolean {
  const { balance, starts, owners, weights, meanings, bias } = lessons
  const errors = softmax(
    Float64Array.from(rivals, one => scores[one]! + scoreByMeaning(lessons, vector, one)),
  )
  const own = rivals.indexOf(entry)
  errors[own]! -= 1
  if (errors[own]! > -TOO_SMALL) return false
  const steps = scores.fill(0)
  for (let at = 0; at < rivals.length; at++) {
    if (Math.abs(errors[at]!) < FAR_OFF) continue
    const one = rivals[at]!
    steps[one] = rate * errors[at]!
    bias[one]! -= 0.1 * steps[one]!
    const step = balance.meaning * steps[one]!
    const from = one * vector.length
    for (let index = 0; index < vector.length; index++) meanings[from + index]! -= step * vector[index]!
  }
  for (let at = 0; at < rows.length; at++) {
    const value = balance.words * values[at]!
    const end = starts[rows[at]! + 1]!
    for (let place = starts[rows[at]!]!; place < end; place++)
      weights[place]! -= value * steps[owners[place]!]!
  }
  return true
}
