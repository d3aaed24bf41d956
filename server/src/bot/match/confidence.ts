import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Evidence, SIGNS } from './evidence.ts'

/**
 * One hidden layer: `into` has a row of `SIGNS` numbers and a bias for each hidden unit, `out` a number each and a bias;
 * `past` is what signs say past the hidden layer.
 */
export type Judgement = { into: number[]; out: number[]; past: number[] }

/** An allowed share of wrong answers and the confidence that keeps to it; listed by ascending share. */
export type Threshold = [wrong: number, confidence: number]

/** How the evidence is weighed, learned by `training/` from FAQs that it plays through; not from visitors. */
export type Judge = {
  /** For entries that answer an intent of the pack. */
  linked: Judgement
  /** For entries that the pack knows nothing of. */
  foreign: Judgement
  /** From which confidence on to answer with such an entry. */
  answerAt: { linked: Threshold[]; foreign: Threshold[] }
}

export function readJudge(path = join(import.meta.dirname, 'judge.json')): Judge {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** The chance that the entry is the one meant. */
export function confidenceOf(judgement: Judgement, evidence: Evidence): number {
  return 1 / (1 + Math.exp(-oddsOf(judgement, evidence)))
}

/** The same as the natural logarithm of the odds. */
export function oddsOf({ into, out, past }: Judgement, evidence: Evidence): number {
  const hidden = out.length - 1
  let sum = out[hidden]!
  for (let unit = 0; unit < hidden; unit++) {
    const from = unit * (SIGNS + 1)
    let inner = into[from + SIGNS]!
    for (let sign = 0; sign < SIGNS; sign++) inner += into[from + sign]! * evidence[sign]!
    sum += out[unit]! * Math.tanh(inner)
  }
  for (let sign = 0; sign < past.length; sign++) sum += past[sign]! * evidence[sign]!
  return sum
}

/** From which confidence on to answer, so that no more than this share of the answers is wrong. */
export function answerFrom(thresholds: readonly Threshold[], wrong: number): number {
  const within = thresholds.filter(([share]) => share <= wrong)
  return (within.at(-1) ?? thresholds[0])?.[1] ?? 1
}
