import { INTENTS } from '../pack/pack.ts'
import { withoutCourtesy } from './clauses.ts'
import { confidenceOf, type Judge } from './confidence.ts'
import { dot, type Encoder, softmax } from './encoder.ts'
import { type Evidence, evidenceOf, scriptOf } from './evidence.ts'
import { featuresOf } from './features.ts'
import { fold } from './fold.ts'
import { type Index, SHARED } from './index.ts'
import { highest, OwnWords, type Sparse, type Texts } from './own-words.ts'
import type { Match } from './types.ts'

/** Judged in full, by the pack and by the FAQ's own words each. */
const CANDIDATES = 4
/** Nobody is more certain than that, not even of a text that is there word for word. */
const CERTAIN = 0.999

/** An entry that was looked at, and what speaks for it. */
export type Candidate = { entry: number; isLinked: boolean; evidence: Evidence }

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
  readonly #own: OwnWords
  /** Per entry the places of its texts. */
  readonly #texts: number[][]
  /** The words of the message in hand, by row, for as long as it is held against texts. */
  readonly #asked: Float32Array
  readonly #answered: Set<number>
  readonly links: readonly Link[]

  constructor(index: Index, encoder: Encoder, judge: Judge) {
    this.#index = index
    this.#encoder = encoder
    this.#judge = judge
    this.#own = new OwnWords(index.lessons)
    this.#texts = index.ids.map(() => [])
    index.owners.forEach((entry, text) => {
      this.#texts[entry]!.push(text)
    })
    this.#asked = new Float32Array(index.lessons.hashes.length)
    this.#answered = new Set(index.links.flat())
    this.links = index.ids.map((id, entry) => ({
      id,
      intents: index.links[entry]!.map(intent => INTENTS[intent]!),
      chance: index.linkChances[entry]!,
    }))
  }

  read(message: string): Reading {
    const { ids, exact, links } = this.#index
    const text = withoutCourtesy(message)
    const { candidates, intents } = this.look(text)
    const matches = candidates
      .map(({ entry, isLinked, evidence }): Match => {
        const weights = isLinked ? this.#judge.linked : this.#judge.foreign
        const confidence = Math.min(confidenceOf(weights, evidence), CERTAIN)
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
    const { links, linkChances, ids } = this.#index
    const words = this.#own.read(features)
    const own = softmax(this.#own.scores(words, meaning.vector))
    const pack = Float64Array.from(links, linked => linked.reduce((sum, intent) => sum + intents[intent]!, 0))
    const chosen = [...new Set([...highest(own, CANDIDATES), ...highest(pack, CANDIDATES)])]
    const near = this.#nearest(chosen, meaning.vector, words)
    const script = scriptOf(text)
    let unanswered = 0
    for (let intent = 0; intent < INTENTS.length; intent++) {
      if (!this.#answered.has(intent)) unanswered += intents[intent]!
    }
    const candidates = chosen.map((entry, place) => {
      const linked = links[entry]!
      const signs = {
        pack: pack[entry]!,
        packRival: rivalOf(intents, linked),
        none: intents[INTENTS.length]!,
        unanswered,
        link: linkChances[entry]!,
        own: own[entry]!,
        ownRival: rivalOf(own, [entry]),
        meaning: near[place]!.meaning,
        meaningRival: rivalOf(
          near.map(one => one.meaning),
          [place],
        ),
        words: near[place]!.words,
        wordsRival: rivalOf(
          near.map(one => one.words),
          [place],
        ),
        known: meaning.known,
        ownKnown: words.rows.length / features.length,
        script,
        features: features.length,
        entries: ids.length,
      }
      return { entry, isLinked: linked.length > 0, evidence: evidenceOf(signs) }
    })
    return { candidates, intents }
  }

  /** Per entry the likeness of its nearest text, by meaning and by words, each 0 to 1. */
  #nearest(entries: number[], vector: Float32Array, words: Sparse): { meaning: number; words: number }[] {
    const { meanings, words: texts } = this.#index
    words.rows.forEach((row, place) => {
      this.#asked[row] = words.values[place]!
    })
    const nearest = entries.map(entry => {
      const near = { meaning: 0, words: 0 }
      for (const text of this.#texts[entry]!) {
        near.meaning = Math.max(near.meaning, dot(vector, 0, meanings, text * vector.length, vector.length))
        near.words = Math.max(near.words, likeness(texts, text, this.#asked))
      }
      return near
    })
    for (const row of words.rows) this.#asked[row] = 0
    return nearest
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
