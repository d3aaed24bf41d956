import type { Judgement } from '../match/confidence.ts'
import { type Evidence, SIGNS } from '../match/evidence.ts'
import { shuffle } from '../match/random.ts'

/** One candidate that was looked at, and whether it was the one meant. */
export type Verdict = { evidence: Evidence; isRight: boolean }

const HIDDEN = 12
const ROUNDS = 6
const BATCH = 32
const RATE = 0.004
/** Keeps weights small that the verdicts do not insist on. */
const DECAY = 1e-5

/**
 * Fits a judge with one hidden layer to verdicts: maximum likelihood by steps of Adam (Kingma and Ba 2014), the
 * gradient by the chain rule.
 */
export function learnJudgement(verdicts: Verdict[], random: () => number): Judgement {
  const width = SIGNS + 1
  const size = HIDDEN * width + HIDDEN + 1
  const weights = Float64Array.from({ length: size }, () => (random() - 0.5) * 0.6)
  const gradient = new Float64Array(size)
  const mean = new Float64Array(size)
  const spread = new Float64Array(size)
  const inner = new Float64Array(HIDDEN)
  const from = HIDDEN * width
  const steps = Math.ceil(verdicts.length / BATCH) * ROUNDS
  let step = 0

  function learnFrom({ evidence, isRight }: Verdict): void {
    let sum = weights[from + HIDDEN]!
    for (let unit = 0; unit < HIDDEN; unit++) {
      let value = weights[unit * width + SIGNS]!
      for (let sign = 0; sign < SIGNS; sign++) value += weights[unit * width + sign]! * evidence[sign]!
      inner[unit] = Math.tanh(value)
      sum += weights[from + unit]! * inner[unit]!
    }
    const error = 1 / (1 + Math.exp(-sum)) - (isRight ? 1 : 0)
    gradient[from + HIDDEN]! += error
    for (let unit = 0; unit < HIDDEN; unit++) {
      gradient[from + unit]! += error * inner[unit]!
      const slope = error * weights[from + unit]! * (1 - inner[unit]! ** 2)
      gradient[unit * width + SIGNS]! += slope
      for (let sign = 0; sign < SIGNS; sign++) gradient[unit * width + sign]! += slope * evidence[sign]!
    }
  }

  function move(count: number): void {
    step++
    const rate = RATE * (1 - step / (steps + 1))
    for (let index = 0; index < size; index++) {
      const slope = gradient[index]! / count + DECAY * weights[index]!
      mean[index] = 0.9 * mean[index]! + 0.1 * slope
      spread[index] = 0.999 * spread[index]! + 0.001 * slope * slope
      const size = Math.sqrt(spread[index]! / (1 - 0.999 ** step)) + 1e-8
      weights[index]! -= (rate * (mean[index]! / (1 - 0.9 ** step))) / size
    }
    gradient.fill(0)
  }

  const order = [...verdicts]
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, random)
    for (let first = 0; first < order.length; first += BATCH) {
      const batch = order.slice(first, first + BATCH)
      for (const verdict of batch) learnFrom(verdict)
      move(batch.length)
    }
  }
  const rounded = Array.from(weights, weight => Math.round(weight * 1e4) / 1e4)
  return { into: rounded.slice(0, from), out: rounded.slice(from), past: [] }
}

/** A tenth of what is allowed is kept in hand: real visitors are not those who were played. */
const IN_HAND = 0.1

/**
 * From which confidence on to answer, for each allowed share of wrong answers: the lowest above which no more than that
 * share of the played answers was wrong.
 *
 * @param best the likeliest candidate of each visitor
 */
export function answerAtOf(
  best: { confidence: number; verdict: Verdict }[],
  shares: number[],
): [wrong: number, confidence: number][] {
  const sorted = [...best].sort((a, b) => b.confidence - a.confidence)
  return shares.map(share => {
    let wrong = 0
    let from = 1
    sorted.forEach(({ confidence, verdict }, index) => {
      if (!verdict.isRight) wrong++
      if (wrong / (index + 1) <= share * (1 - IN_HAND)) from = confidence
    })
    return [share, Math.round(from * 1e4) / 1e4]
  })
}
