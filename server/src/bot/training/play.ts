import { withoutCourtesy } from '../match/clauses.ts'
import type { Candidate, Judge, Judgement } from '../match/confidence.ts'
import type { Encoder } from '../match/encoder.ts'
import { buildIndex } from '../match/index.ts'
import { Matcher } from '../match/matcher.ts'
import { shuffle } from '../match/random.ts'
import type { Entry } from '../match/types.ts'

/** Ways of asking by what they ask for: those an operator has to write an FAQ from, by language, and those visitors use. */
export type Asked = {
  faq: Map<string, string[][]>
  visitors: Map<string, string[]>
  /** What visitors say that no FAQ of this kind answers. */
  elsewhere: string[]
}

/** How an FAQ is played: how much of it the operator has written, and who comes. */
export type Play = {
  asked: Asked
  /** Entries that the operator has written; visitors of the others are out of scope. */
  entries: number
  /** How many texts an entry has in each language. */
  texts: (id: string) => number
}

const VISITORS = 120
/** The share of visitors who ask for what the FAQ has; half of the others ask for what it might have had. */
const IN_SCOPE = 0.6

/** What was noted of one visitor: all candidates, and which of them was the one meant, if any. */
export type Visit = (Candidate & { isRight: boolean })[]

/** Plays one FAQ through: builds it, sends visitors, and notes of every candidate whether it was the one meant. */
export function play({ asked, entries, texts }: Play, encoder: Encoder, random: () => number): Visit[] {
  const all = shuffle([...asked.faq.keys()], random)
  const kept = all.slice(0, entries)
  const missing = all.slice(entries)
  const faq = kept.map((id): Entry => {
    const count = texts(id)
    // Who writes one text writes the plainest, which stands first.
    const some = (own: string[]) => (count === 1 ? own : shuffle([...own], random)).slice(0, count)
    return { id, texts: (asked.faq.get(id) ?? []).flatMap(some) }
  })
  const matcher = new Matcher(buildIndex(faq, encoder), encoder, NOBODY)
  return Array.from({ length: VISITORS }, (): Visit => {
    const scope = random()
    const isNear = scope < IN_SCOPE + (1 - IN_SCOPE) / 2 && missing.length > 0
    const wanted = scope < IN_SCOPE ? pick(kept, random) : isNear ? pick(missing, random) : undefined
    const text = pick(wanted === undefined ? asked.elsewhere : (asked.visitors.get(wanted) ?? []), random)
    if (text === undefined) return []
    return matcher
      .look(withoutCourtesy(text))
      .candidates.map(candidate => ({ ...candidate, isRight: kept[candidate.entry] === wanted }))
  })
}

/** Judges nothing: candidates are only looked at. */
const NOTHING: Judgement = { into: [], out: [0], past: [] }
const NOBODY: Judge = { linked: NOTHING, foreign: NOTHING, answerAt: { linked: [], foreign: [] } }

const pick = <T>(list: readonly T[], random: () => number): T | undefined =>
  list[Math.floor(random() * list.length)]
