import { type Judgement, oddsOf } from '../match/confidence.ts'
import { SIGNS } from '../match/evidence.ts'
import type { Verdict } from './judge.ts'

/** How far what a sign says may be off before many visitors have said so: the spread of a correction, in log odds. */
const SPREAD = 0.5
/** Visits of the same visitor to many FAQs say less than as many visitors would. */
const WORTH = 0.1
const ROUNDS = 600
const RATE = 0.3

/**
 * Brings a judgement's promises to what comes of them: one factor for all odds and a correction for each sign (scripts
 * are signs too), fitted to verdicts on likeliest candidates. Platt scaling with corrections held near 0; gradient
 * descent, the problem is convex.
 */
export function temper(judgement: Judgement, best: readonly Verdict[]): Judgement {
  const odds = best.map(({ evidence }) => oddsOf(judgement, evidence))
  const past = new Array<number>(SIGNS).fill(0)
  const hold = 1 / (SPREAD ** 2 * best.length * WORTH)
  let factor = 1
  for (let round = 0; round < ROUNDS; round++) {
    let factorSlope = 0
    const slopes = past.map(own => own * hold)
    best.forEach(({ isRight, evidence }, index) => {
      let sum = factor * odds[index]!
      for (let sign = 0; sign < SIGNS; sign++) sum += past[sign]! * evidence[sign]!
      const error = (1 / (1 + Math.exp(-sum)) - (isRight ? 1 : 0)) / best.length
      factorSlope += error * odds[index]!
      for (let sign = 0; sign < SIGNS; sign++) slopes[sign]! += error * evidence[sign]!
    })
    factor -= 0.2 * RATE * factorSlope
    for (let sign = 0; sign < SIGNS; sign++) past[sign]! -= RATE * slopes[sign]!
  }
  const rounded = (value: number) => Math.round(value * 1e4) / 1e4
  return {
    into: judgement.into,
    out: judgement.out.map(weight => rounded(weight * factor)),
    past: past.map(rounded),
  }
}
