import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { softmax } from './encoder.ts'
import { type Evidence, SIGNS } from './evidence.ts'

/**
 * One hidden layer: `into` has a row of `SIGNS` numbers and a bias for each hidden unit, `out` a number each and a bias;
 * `past` is what signs say past the hidden layer.
 */
export type Judgement = { into: number[]; out: number[]; past: number[] }

/** An allowed share of wrong answers and the confidence that keeps to it; listed by ascending share. */
export type Threshold = [wrong: number, confidence: number]

/**
 * How the evidence is weighed, learned by `training/` from FAQs that it plays through, and held to what came of it with
 * visitors who had never seen the pack.
 */
export type Judge = {
  /** For entries that answer an intent of the pack. */
  linked: Judgement
  /** For entries that the pack knows nothing of. */
  foreign: Judgement
  /** From which confidence on to answer with such an entry. */
  answerAt: { linked: Threshold[]; foreign: Threshold[] }
}

export function readJudge(path = join(import.meta.dirname, 'judge.json')): Judge {
  const judge: Judge = JSON.parse(readFileSync(path, 'utf8'))
  for (const { into, out } of [judge.linked, judge.foreign]) {
    if (into.length !== (out.length - 1) * (SIGNS + 1))
      throw new Error(`${path} weighs other evidence: run pnpm train`)
  }
  return judge
}

/** An entry that was looked at, and what speaks for it. */
export type Candidate = { entry: number; isLinked: boolean; evidence: Evidence }

/** The chance of each candidate that it is the one meant; what they lack of 1 is the chance that none of them is. */
export function chancesOf(
  { linked, foreign }: Pick<Judge, 'linked' | 'foreign'>,
  candidates: readonly Pick<Candidate, 'isLinked' | 'evidence'>[],
): Float64Array {
  const odds = candidates.map(({ isLinked, evidence }) => oddsOf(isLinked ? linked : foreign, evidence))
  return softmax(Float64Array.of(...odds, NONE)).subarray(0, odds.length)
}

/** "None of them", in the same log odds: what all candidates are measured against. */
const NONE = 0

/** What the evidence says for one candidate, as the natural logarithm of its odds against none. */
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
