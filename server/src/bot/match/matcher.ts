import { INTENTS } from '../pack/pack.ts'
import { withoutCourtesy } from './clauses.ts'
import { type Candidate, chancesOf, type Judge } from './confidence.ts'
import { coverageOf } from './coverage.ts'
import { dot, type Encoder, softmax } from './encoder.ts'
import { evidenceOf, scriptOf } from './evidence.ts'
import { featuresOf } from './features.ts'
import { fold } from './fold.ts'
import { highest } from './highest.ts'
import { type Index, SHARED } from './index.ts'
import { ownScores } from './own-words.ts'
import { TextCounts } from './text-counts.ts'
import type { Match } from './types.ts'
import { readerOf, type Sparse, type Texts } from './words.ts'

/** Judged in full, by the pack and by the FAQ's own words each. */
const CANDIDATES = 4
/** Nobody is more certain than that, not even of a text that is there word for word. */
const CERTAIN = 0.999

const WORDS = /[\p{L}\p{N}]/u

/** Per entry the canonical intents that it answers, and how sure that is, 0 to 1. */
export type Link = { id: string; intents: string[]; chance: number }

/** What a message may mean. */
export type Reading = {
  /** The entries that it may mean, likeliest first; none for a message without words. */
  matches: Match[]
  /** The chance of each canonical intent, in the order of `INTENTS`, whether or not an entry answers it. */
  intents: Float64Array
}

/** Finds the entries of one FAQ that a message may mean. */
export class Matcher {
  readonly #index: Index
  readonly #encoder: Encoder
  readonly #judge: Judge
  readonly #wordsOf: (features: Uint32Array) => Sparse
  /** Per entry the places of its texts. */
  readonly #texts: number[][]
  /** The words of the message in hand, by row, for as long as it is held against texts. */
  readonly #asked: Float32Array
  readonly #counts: TextCounts
  readonly #answered: Set<number>
  readonly links: readonly Link[]

  constructor(index: Index, encoder: Encoder, judge: Judge) {
    this.#index = index
    this.#encoder = encoder
    this.#judge = judge
    this.#wordsOf = readerOf(index.lessons.vocabulary)
    this.#texts = index.ids.map(() => [])
    index.owners.forEach((entry, text) => {
      this.#texts[entry]!.push(text)
    })
    this.#asked = new Float32Array(index.lessons.vocabulary.hashes.length)
    this.#counts = new TextCounts(index.ids.length, index.owners, index.languages)
    this.#answered = new Set(index.links.flat())
    this.links = index.ids.map((id, entry) => ({
      id,
      intents: index.links[entry]!.map(intent => INTENTS[intent]!),
      chance: index.linkChances[entry]!,
    }))
  }

  read(message: string): Reading {
    const { ids, exact, links } = this.#index
    // An FAQ may have an answer to thanks alone.
    const text = withoutCourtesy(message) || (WORDS.test(message) ? message : '')
    const { candidates, intents } = this.look(text)
    const chances = chancesOf(this.#judge, candidates)
    const matches = candidates
      .map(({ entry, isLinked }, place): Match => {
        const confidence = Math.min(chances[place]!, CERTAIN)
        return { id: ids[entry]!, isLinked, isExact: false, confidence }
      })
      .sort((a, b) => b.confidence - a.confidence)
    const same = exact.get(fold(text))
    if (same === undefined || same === SHARED) return { matches, intents }
    const own = { id: ids[same]!, isLinked: links[same]!.length > 0, isExact: true, confidence: CERTAIN }
    return { matches: [own, ...matches.filter(({ id }) => id !== own.id)], intents }
  }

  /** The chance of each canonical intent, of a clause or a whole text. */
  intentsOf(text: string): Float64Array {
    return this.#encoder.intentsOf(this.#encoder.encode(featuresOf(text)))
  }

  /** What is weighed; apart, so that the training sees what the judge sees. */
  look(text: string): { candidates: Candidate[]; intents: Float64Array } {
    const features = featuresOf(text)
    const meaning = this.#encoder.encode(features)
    const intents = this.#encoder.intentsOf(meaning)
    if (features.length === 0) return { candidates: [], intents: intents.fill(0) }
    const { ids, lessons, linkChances, links } = this.#index
    const words = this.#wordsOf(features)
    const scores = ownScores(lessons, words, meaning.vector)
    const own = softmax(scores.slice())
    const pack = Float64Array.from(links, linked => linked.reduce((sum, intent) => sum + intents[intent]!, 0))
    const byPack = highest(pack, CANDIDATES).filter(entry => pack[entry]! > 0)
    const chosen = [...new Set([...highest(own, CANDIDATES), ...byPack])]
    const { byAll, byEntry } = coverageOf(lessons, words.rows, features.length)
    const covered = chosen.map(entry => byEntry[entry]!)
    const near = this.#nearest(chosen, meaning.vector, words)
    const texts = this.#counts.of(text)
    const ofAll = {
      none: intents[INTENTS.length]!,
      unanswered: this.#unanswered(intents),
      known: meaning.known,
      coveredByAll: byAll,
      script: scriptOf(text),
      features: features.length,
      entries: ids.length,
      texts: texts.reduce((sum, count) => sum + count, 0) / ids.length,
    }
    const candidates = chosen.map((entry, place): Candidate => {
      const isLinked = links[entry]!.length > 0
      const evidence = evidenceOf({
        ...ofAll,
        isLinked,
        pack: pack[entry]!,
        packRival: rivalOf(intents, links[entry]!),
        link: linkChances[entry]!,
        own: own[entry]!,
        ownRival: rivalOf(own, [entry]),
        ownScore: scores[entry]!,
        ownTexts: texts[entry]!,
        meaning: near.meaning[place]!,
        meaningRival: rivalOf(near.meaning, [place]),
        words: near.words[place]!,
        wordsRival: rivalOf(near.words, [place]),
        covered: covered[place]!,
        coveredRival: rivalOf(covered, [place]),
      })
      return { entry, isLinked, evidence }
    })
    return { candidates, intents }
  }

  #unanswered(intents: Float64Array): number {
    let sum = 0
    for (let intent = 0; intent < INTENTS.length; intent++)
      if (!this.#answered.has(intent)) sum += intents[intent]!
    return sum
  }

  /** The likeness of each entry's nearest text, by meaning and by words, each 0 to 1. */
  #nearest(entries: number[], vector: Float32Array, words: Sparse): { meaning: number[]; words: number[] } {
    const { meanings, words: texts } = this.#index
    words.rows.forEach((row, place) => {
      this.#asked[row] = words.values[place]!
    })
    const near = { meaning: entries.map(() => 0), words: entries.map(() => 0) }
    entries.forEach((entry, place) => {
      for (const text of this.#texts[entry]!) {
        const meaning = dot(vector, 0, meanings, text * vector.length, vector.length)
        near.meaning[place] = Math.max(near.meaning[place]!, meaning)
        near.words[place] = Math.max(near.words[place]!, likeness(texts, text, this.#asked))
      }
    })
    for (const row of words.rows) this.#asked[row] = 0
    return near
  }
}

function likeness({ starts, rows, values }: Texts, text: number, asked: Float32Array): number {
  let sum = 0
  for (let place = starts[text]!; place < starts[text + 1]!; place++)
    sum += values[place]! * asked[rows[place]!]!
  return sum
}

/** The highest of those that are not the entry's own. */
function rivalOf(chances: ArrayLike<number>, own: readonly number[]): number {
  let rival = 0
  for (let index = 0; index < chances.length; index++) {
    if (!own.includes(index)) rival = Math.max(rival, chances[index]!)
  }
  return rival
}
