import { INTENTS } from '../pack/pack.ts'
import { withoutCourtesy } from './clauses.ts'
import type { Encoder } from './encoder.ts'
import { featuresOf } from './features.ts'
import { fold } from './fold.ts'
import { linkEntries } from './links.ts'
import { inOne, type Lessons, learnOneMore, learnOwnWords, type Text, type Texts } from './own-words.ts'
import type { Entry } from './types.ts'

/** All that is prepared of an FAQ before the first question: plain data, which goes from the process that builds it to the one that answers. */
export type Index = {
  ids: string[]
  /** Per entry the numbers of the intents it answers. */
  links: number[][]
  /** Per entry how sure its links are, 0 to 1; 1 where the operator has named them. */
  linkChances: number[]
  lessons: Lessons
  /** The texts, one after the other: whose they are, their meanings, their words. */
  owners: Int32Array
  meanings: Float32Array
  words: Texts
  /** Folded texts and whose they are; `SHARED` where they are of more than one entry. */
  exact: Map<string, number>
}

export function buildIndex(entries: Entry[], encoder: Encoder): Index {
  const texts = entries.flatMap((entry, number) => entry.texts.map(text => readText(text, number, encoder)))
  const { dimensions } = encoder
  const meanings = new Float32Array(texts.length * dimensions)
  for (const [index, { vector }] of texts.entries()) meanings.set(vector, index * dimensions)
  const { lessons, words } = learnOwnWords(texts, entries.length)
  const chances = meanChances(texts, entries.length, encoder)
  const links = linkEntries(chances, entries.map(givenLinks), INTENTS.length)
  return {
    ids: entries.map(({ id }) => id),
    links,
    linkChances: links.map((own, entry) =>
      own.length > 0 && entries[entry]!.intents
        ? 1
        : own.reduce((sum, intent) => sum + chances[entry]![intent]!, 0),
    ),
    lessons,
    owners: Int32Array.from(texts, ({ entry }) => entry),
    meanings,
    words: inOne(words),
    exact: exactTexts(entries),
  }
}

function readText(text: string, entry: number, encoder: Encoder): Text {
  const features = featuresOf(text)
  return { entry, features, vector: encoder.encode(features).vector }
}

/**
 * The index with one more way of asking for an entry, in a few milliseconds: its weights are shared with the one before
 * and learn in place. Links stay as they are.
 *
 * @param entry its place in `ids`
 */
export function withText(index: Index, entry: number, text: string, encoder: Encoder): Index {
  const read = readText(text, entry, encoder)
  const words = learnOneMore(read, index.lessons)
  const exact = new Map(index.exact)
  addExact(exact, text, entry)
  return {
    ...index,
    owners: joined(index.owners, Int32Array.of(entry), Int32Array),
    meanings: joined(index.meanings, read.vector, Float32Array),
    words: {
      starts: joined(
        index.words.starts,
        Int32Array.of(index.words.rows.length + words.rows.length),
        Int32Array,
      ),
      rows: joined(index.words.rows, words.rows, Int32Array),
      values: joined(index.words.values, words.values, Float32Array),
    },
    exact,
  }
}

function joined<A extends Float32Array | Int32Array>(a: A, b: A, make: new (length: number) => A): A {
  const both = new make(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

const givenLinks = ({ intents }: Entry): number[] | undefined =>
  intents?.map(intent => INTENTS.indexOf(intent))

function meanChances(texts: Text[], entries: number, encoder: Encoder): Float64Array[] {
  const sums = Array.from({ length: entries }, () => new Float64Array(INTENTS.length + 1))
  const counts = new Float64Array(entries)
  for (const { entry, vector } of texts) {
    counts[entry]! += 1
    encoder.intentsOf({ vector, known: 1 }).forEach((chance, intent) => {
      sums[entry]![intent]! += chance
    })
  }
  return sums.map((sum, entry) => sum.map(value => value / (counts[entry]! || 1)))
}

/** Stands for several entries that have the same text. */
export const SHARED = -1

function exactTexts(entries: Entry[]): Map<string, number> {
  const exact = new Map<string, number>()
  entries.forEach(({ texts }, entry) => {
    for (const text of texts) addExact(exact, text, entry)
  })
  return exact
}

function addExact(exact: Map<string, number>, text: string, entry: number): void {
  const folded = fold(withoutCourtesy(text))
  if (folded !== '') exact.set(folded, (exact.get(folded) ?? entry) === entry ? entry : SHARED)
}
