import { INTENTS } from '../pack/pack.ts'
import { learnOwnWords } from './balance.ts'
import { withoutCourtesy } from './clauses.ts'
import type { Encoder } from './encoder.ts'
import { featuresOf } from './features.ts'
import { fold } from './fold.ts'
import { languageOf } from './language.ts'
import { linkEntries } from './links.ts'
import { withMore } from './more-texts.ts'
import type { Lessons, Text } from './own-words.ts'
import type { Entry } from './types.ts'
import { inOne, joined, type Texts } from './words.ts'

/** All that is prepared of an FAQ before the first question: plain data, which goes from the process that builds it to the one that answers. */
export type Index = {
  ids: string[]
  /** Per entry the numbers of the intents it answers. */
  links: number[][]
  /** Per entry how sure its links are, 0 to 1; 1 where the operator has named them. */
  linkChances: number[]
  lessons: Lessons
  /** The texts, one after the other: whose they are, their languages, their meanings, their words. */
  owners: Int32Array
  languages: (string | undefined)[]
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
  const { lessons, words } = learnOwnWords(texts, { entries: entries.length, dimensions })
  const chances = meanChances(texts, entries.length, encoder)
  const links = linkEntries(chances, entries.map(givenLinks))
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
    languages: entries.flatMap(entry => entry.texts.map(text => languageOf(text))),
    meanings,
    words: inOne(words),
    exact: exactTexts(entries),
  }
}

function readText(text: string, entry: number, encoder: Encoder): Text {
  const features = featuresOf(text)
  return { entry, features, vector: encoder.encode(features).vector }
}

/** One more way of asking for an entry, which is given by its place in `ids`. */
export type MoreText = { entry: number; text: string }

/**
 * The index with a few more ways of asking, in about 10 ms and one or two for each, at 500 entries with ten texts. Links
 * stay as they are, and so does how telling the words are: after many it is better built anew.
 */
export function withTexts(index: Index, added: readonly MoreText[], encoder: Encoder): Index {
  const texts = added.map(({ entry, text }) => readText(text, entry, encoder))
  const { lessons, words } = withMore(texts, index.lessons)
  const exact = new Map(index.exact)
  for (const { entry, text } of added) addExact(exact, text, entry)
  const more = inOne(words)
  const from = index.words.rows.length
  return {
    ...index,
    lessons,
    owners: joined(
      index.owners,
      Int32Array.from(added, ({ entry }) => entry),
    ),
    languages: [...index.languages, ...added.map(({ text }) => languageOf(text))],
    meanings: texts.reduce((all, { vector }) => joined(all, vector), index.meanings),
    words: {
      starts: joined(
        index.words.starts,
        more.starts.slice(1).map(start => from + start),
      ),
      rows: joined(index.words.rows, more.rows),
      values: joined(index.words.values, more.values),
    },
    exact,
  }
}

/** How many texts have come since the index was built. */
export const addedSince = ({ owners, lessons }: Index): number => owners.length - lessons.vocabulary.texts

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
