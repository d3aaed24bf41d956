import { randomFrom } from '../match/random.ts'

/** What came of one question. */
export type Answered = {
  language: string
  /** Whether an entry was meant at all. */
  isInScope: boolean
  /** Where the meant entry stands among those found: 1 is first; 0, it was not found, or none was meant. */
  rank: number
  /** Of the entry found first, 0 to 1; 0 when none was found. */
  confidence: number
  /** Whether that was enough to answer at once. */
  isAnswered: boolean
}

/** One figure of many questions; not a number where there are none that it is about. */
export type Measure = (all: Answered[]) => number

export type Shipped = { answered: number; right: number; precision: number; oosRecall: number; ece: number }

const isRight = (one: Answered): boolean => one.rank === 1
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

/** Of questions in scope, those answered at once. */
export const answeredOf: Measure = all => share(inScope(all), one => one.isAnswered)

/** Of questions in scope, those answered rightly at once. */
export const rightOf: Measure = all => share(inScope(all), one => one.isAnswered && isRight(one))

/** Of answers given, the right ones. */
export const precision: Measure = all =>
  share(
    all.filter(one => one.isAnswered),
    isRight,
  )

/** Of questions out of scope, those not answered. */
export const oosRecall: Measure = all =>
  share(
    all.filter(one => !one.isInScope),
    one => !one.isAnswered,
  )

const BINS = 10

/** Expected calibration error: how far promised and real shares of right answers lie apart (Naeini et al. 2015). */
export function calibrationError(all: Answered[]): number {
  if (all.length === 0) return Number.NaN
  const bins = Array.from({ length: BINS }, (): Answered[] => [])
  for (const one of all) bins[Math.min(BINS - 1, Math.floor(one.confidence * BINS))]?.push(one)
  return bins.reduce((sum, bin) => {
    if (bin.length === 0) return sum
    const promised = bin.reduce((total, one) => total + one.confidence, 0) / bin.length
    return sum + (bin.length / all.length) * Math.abs(promised - share(bin, isRight))
  }, 0)
}

/** What the shipped thresholds make of it. */
export function shipped(all: Answered[]): Shipped {
  return {
    answered: answeredOf(all),
    right: rightOf(all),
    precision: precision(all),
    oosRecall: oosRecall(all),
    ece: calibrationError(all),
  }
}

/** The share of those for which something holds; not a number where there are none. */
function share(all: Answered[], holds: (one: Answered) => boolean): number {
  return all.length === 0 ? Number.NaN : all.filter(holds).length / all.length
}

const DRAWS = 400

/**
 * Between which values a measure lies at 95 %, by drawing the questions again (Efron 1979). A draw of few questions may
 * have none that the measure is about; it says nothing and is left out.
 */
export function interval(all: Answered[], measure: Measure): [low: number, high: number] {
  const random = randomFrom(1)
  const drawn = Array.from({ length: DRAWS }, () =>
    measure(all.map(one => all[Math.floor(random() * all.length)] ?? one)),
  )
    .filter(value => !Number.isNaN(value))
    .sort((a, b) => a - b)
  const at = (share: number) => drawn[Math.floor(drawn.length * share)] ?? Number.NaN
  return [at(0.025), at(0.975)]
}

export function byLanguage(all: Answered[]): Map<string, Answered[]> {
  return Map.groupBy(all, one => one.language)
}

/** The mean over languages, each counted alike, and the worst of them; no language where none has the measure. */
export function overLanguages(
  all: Answered[],
  measure: Measure,
): { macro: number; worst: number; worstIn: string | undefined } {
  const values = Array.from(byLanguage(all), ([language, some]) => ({ language, value: measure(some) }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => a.value - b.value)
  const [worst] = values
  return {
    macro: values.reduce((sum, { value }) => sum + value, 0) / values.length,
    worst: worst?.value ?? Number.NaN,
    worstIn: worst?.language,
  }
}
