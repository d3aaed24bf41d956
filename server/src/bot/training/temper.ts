import { type Judge, type Judgement, oddsOf } from '../match/confidence.ts'
import { softmax } from '../match/encoder.ts'
import { SIGNS } from '../match/evidence.ts'
import type { Visit } from './play.ts'

/** How far what a sign says may be off before many visitors have said so: the spread of a correction, in log odds. */
const SPREAD = 1
/** Visits of the same visitor to many FAQs say less than as many visitors would. */
const WORTH = 0.1
const ROUNDS = 2400
const RATE = 0.3

/**
 * Brings what a judge promises of linked entries to what comes of it: one factor for all odds and a correction for each
 * sign (scripts are signs too), fitted to visits. Platt scaling with corrections held near 0; gradient descent, the
 * problem is convex.
 */
export function temper(
  { linked, foreign }: Pick<Judge, 'linked' | 'foreign'>,
  visits: readonly Visit[],
): Judgement {
  const untempered = visits.map(visit =>
    visit.map(({ isLinked, evidence }) => oddsOf(isLinked ? linked : foreign, evidence)),
  )
  const past = new Array<number>(SIGNS).fill(0)
  const hold = 1 / (SPREAD ** 2 * visits.length * WORTH)
  let factor = 1
  for (let round = 0; round < ROUNDS; round++) {
    let factorSlope = 0
    const slopes = past.map(own => own * hold)
    visits.forEach((visit, index) => {
      const odds = untempered[index]!
      const chances = softmax(
        Float64Array.of(
          ...visit.map(({ isLinked, evidence }, place) => {
            if (!isLinked) return odds[place]!
            return past.reduce((sum, own, sign) => sum + own * evidence[sign]!, factor * odds[place]!)
          }),
          0,
        ),
      )
      visit.forEach(({ isLinked, isRight, evidence }, place) => {
        if (!isLinked) return
        const error = (chances[place]! - (isRight ? 1 : 0)) / visits.length
        factorSlope += error * odds[place]!
        for (let sign = 0; sign < SIGNS; sign++) slopes[sign]! += error * evidence[sign]!
      })
    })
    factor -= 0.2 * RATE * factorSlope
    for (let sign = 0; sign < SIGNS; sign++) past[sign]! -= RATE * slopes[sign]!
  }
  const rounded = (value: number) => Math.round(value * 1e4) / 1e4
  return {
    into: linked.into,
    out: linked.out.map(weight => rounded(weight * factor)),
    past: past.map(rounded),
  }
}
