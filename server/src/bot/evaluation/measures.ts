import { randomFrom } from '../match/random.ts'

/** What came of one question. */
export type Answered = {
  language: string
  /** Whether an entry was meant at all. */
  isInScope: boolean
  /** Where the meant entry stands among those found: 1 is first; 0, not found. */
  rank: number
  /** Of the entry found first, 0 to 1; 0 when none was found. */
  confidence: number
  /** Whether that was enough to answer at once. */
  isAnswered: boolean
}

export type Shipped = { answered: number; right: number; precision: number; oosRecall: number; ece: number }

const isRight = (one: Answered): boolean => one.isInScope && one.rank === 1
const inScope = (all: Answered[]): Answered[] => all.filter(one => one.isInScope)

/** The share of questions in scope whose entry is among the first `k`. */
export const top = (all: Answered[], k: number): number =>
  share(inScope(all), one => one.rank > 0 && one.rank <= k)

/** The chance that a question in scope is met with more confidence than one out of scope; ties count half. */
export function auroc(all: Answered[]): number {
  const sorted = [...all].sort((a, b) => a.confidence - b.confidence)
  let below = 0
  let won = 0
  for (let from = 0; from < sorted.length; ) {
    let to = from
    while (to < sorted.length && sorted[to]?.confidence === sorted[from]?.confidence) to++
    const tied = sorted.slice(from, to)
    const inside = inScope(tied).length
    const outside = tied.length - inside
    won += inside * (below + outside / 2)
    below += outside
    from = to
  }
  const inside = inScope(all).length
  return won / (inside * (all.length - inside))
}

/** The share of questions in scope answered rightly at the best threshold at which 95 % of all answers are right. */
export function rightAt95(all: Answered[]): number {
  const sorted = [...all].sort((a, b) => b.confidence - a.confidence)
  let right = 0
  let best = 0
  sorted.forEach((one, index) => {
    if (isRight(one)) right++
    const isLastOfTie = sorted[index + 1]?.confidence !== one.confidence
    if (isLastOfTie && right / (index + 1) >= 0.95) best = right
  })
  return best / inScope(all).length
}

/** What the shipped thresholds make of it: of questions in scope, of answers given, of questions out of scope. */
export function shipped(all: Answered[]): Shipped {
  const answers = all.filter(one => one.isAnswered)
  return {
    answered: share(inScope(all), one => one.isAnswered),
    right: share(inScope(all), one => one.isAnswered && isRight(one)),
    precision: share(answers, isRight),
    oosRecall: share(
      all.filter(one => !one.isInScope),
      one => !one.isAnswered,
    ),
    ece: calibrationError(all),
  }
}

const BINS = 10

/** Expected calibration error: how far promised and real shares of right answers lie apart (Naeini et al. 2015). */
function calibrationError(all: Answered[]): number {
  const bins = Array.from({ length: BINS }, (): Answered[] => [])
  for (const one of all) bins[Math.min(BINS - 1, Math.floor(one.confidence * BINS))]?.push(one)
  return bins.reduce((sum, bin) => {
    if (bin.length === 0) return sum
    const promised = bin.reduce((total, one) => total + one.confidence, 0) / bin.length
    return sum + (bin.length / all.length) * Math.abs(promised - share(bin, isRight))
  }, 0)
}

/** The share of those for which something holds; not a number where there are none. */
function share(all: Answered[], holds: (one: Answered) => boolean): number {
  return all.length === 0 ? Number.NaN : all.filter(holds).length / all.length
}

const DRAWS = 400

/** Between which values a measure lies at 95 %, by drawing the questions again (Efron 1979). */
export function interval(
  all: Answered[],
  measure: (drawn: Answered[]) => number,
): [low: number, high: number] {
  const random = randomFrom(1)
  const drawn = Array.from({ length: DRAWS }, () =>
    measure(all.map(one => all[Math.floor(random() * all.length)] ?? one)),
  ).sort((a, b) => a - b)
  return [drawn[Math.floor(DRAWS * 0.025)] ?? Number.NaN, drawn[Math.floor(DRAWS * 0.975)] ?? Number.NaN]
}

export function byLanguage(all: Answered[]): Map<string, Answered[]> {
  return Map.groupBy(all, one => one.language)
}

/** The mean over languages, each counted alike, and the worst of them. */
export function overLanguages(
  all: Answered[],
  measure: (some: Answered[]) => number,
): { macro: number; worst: number } {
  const values = [...byLanguage(all).values()].map(measure).filter(value => !Number.isNaN(value))
  return { macro: values.reduce((sum, value) => sum + value, 0) / values.length, worst: Math.min(...values) }
}
