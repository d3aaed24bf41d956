import { withoutCourtesy } from '../match/clauses.ts'
import { confidenceOf, type Judge, type Judgement } from '../match/confidence.ts'
import type { Encoder } from '../match/encoder.ts'
import { buildIndex } from '../match/index.ts'
import { type Candidate, Matcher } from '../match/matcher.ts'
import { shuffle } from '../match/random.ts'
import type { Entry } from '../match/types.ts'
import type { Verdict } from './judge.ts'

/** Ways of asking by what they ask for: those an operator has to write an FAQ from, and those visitors use. */
export type Asked = {
  faq: Map<string, string[]>
  visitors: Map<string, string[]>
  /** What visitors say that no FAQ of this kind answers. */
  elsewhere: string[]
}

/** How an FAQ is played: how much of it the operator has written, and who comes. */
export type Play = {
  asked: Asked
  /** Entries that the operator has written; visitors of the others are out of scope. */
  entries: number
  /** Texts an entry. */
  texts: number
}

const VISITORS = 120
/** The share of visitors who ask for what the FAQ has; half of the others ask for what it might have had. */
const IN_SCOPE = 0.6

/** What was noted of one visitor: all candidates. */
export type Visit = { linked: boolean; verdict: Verdict }[]

/** Plays one FAQ through: builds it, sends visitors, and notes of every candidate whether it was the one meant. */
export function play({ asked, entries, texts }: Play, encoder: Encoder, random: () => number): Visit[] {
  const all = shuffle([...asked.faq.keys()], random)
  const kept = all.slice(0, entries)
  const missing = all.slice(entries)
  const faq: Entry[] = kept.map(id => ({
    id,
    // Who writes one text writes the plainest, which stands first.
    texts: (texts === 1 ? (asked.faq.get(id) ?? []) : shuffle([...(asked.faq.get(id) ?? [])], random)).slice(
      0,
      texts,
    ),
  }))
  const matcher = new Matcher(buildIndex(faq, encoder), encoder, NOBODY)
  return Array.from({ length: VISITORS }, (): Visit => {
    const scope = random()
    const isNear = scope < IN_SCOPE + (1 - IN_SCOPE) / 2 && missing.length > 0
    const wanted = scope < IN_SCOPE ? pick(kept, random) : isNear ? pick(missing, random) : undefined
    const text = pick(wanted === undefined ? asked.elsewhere : (asked.visitors.get(wanted) ?? []), random)
    if (text === undefined) return []
    return matcher.look(withoutCourtesy(text)).candidates.map(({ entry, isLinked, evidence }: Candidate) => ({
      linked: isLinked,
      verdict: { evidence, isRight: kept[entry] === wanted },
    }))
  })
}

/** Judges nothing: candidates are only looked at. */
const NOTHING: Judgement = { into: [], out: [0], past: [] }
const NOBODY: Judge = { linked: NOTHING, foreign: NOTHING, answerAt: { linked: [], foreign: [] } }

const pick = <T>(list: readonly T[], random: () => number): T | undefined =>
  list[Math.floor(random() * list.length)]

export type Best = { linked: boolean; verdict: Verdict; confidence: number }

/** The likeliest candidate of a visit. */
export function bestOf(visit: Visit, judge: Pick<Judge, 'linked' | 'foreign'>): Best | undefined {
  return visit
    .map(one => ({
      ...one,
      confidence: confidenceOf(one.linked ? judge.linked : judge.foreign, one.verdict.evidence),
    }))
    .reduce<Best | undefined>(
      (best, one) => (best && best.confidence >= one.confidence ? best : one),
      undefined,
    )
}
