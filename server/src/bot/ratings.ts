import type { Rating } from '@nightdesk/shared/message.ts'

type Rated = Pick<Rating, 'confidence' | 'helped'>

/** How far the promises may be off before anybody has rated: the spread of the shift, in natural logarithms of odds. */
const SPREAD = 0.5
/** Nobody's clicks move it further than that. */
const MOST = 1.5
/** What was pressed or asked word for word was no guess, and says nothing of guessing. */
const GUESSED = 0.998
const ROUNDS = 8

/**
 * By how much promised odds are off here, as visitors rated the answers: the shift of the log odds that explains the
 * ratings best, held near 0 while there are few (maximum a posteriori of Platt's bias, by Newton's method).
 */
export function shiftOf(ratings: readonly Rated[]): number {
  const guesses = ratings.filter(({ confidence }) => confidence <= GUESSED)
  let shift = 0
  for (let round = 0; round < ROUNDS; round++) {
    let slope = -shift / SPREAD ** 2
    let curve = 1 / SPREAD ** 2
    for (const { confidence, helped } of guesses) {
      const chance = believed(confidence, shift)
      slope += (helped ? 1 : 0) - chance
      curve += chance * (1 - chance)
    }
    shift = Math.max(-MOST, Math.min(MOST, shift + slope / curve))
  }
  return shift
}

/** A promised chance with its odds shifted. */
export function believed(confidence: number, shift: number): number {
  if (shift === 0) return confidence
  const odds = Math.log(confidence / (1 - confidence)) + shift
  return 1 / (1 + Math.exp(-odds))
}
