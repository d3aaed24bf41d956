import { answerFrom, type Judge } from './match/confidence.ts'
import type { Match } from './match/types.ts'
import { believed } from './ratings.ts'

/** The chance that an entry is the one meant, as visitors' ratings have shifted what was promised (`shiftOf`). */
export const chanceOf = ({ confidence, isExact }: Match, shift = 0): number =>
  isExact ? 1 : believed(confidence, shift)

/**
 * Whether to answer at once, so that at most `allowedWrong` of such answers are wrong. The bot and its evaluation both
 * ask here: what is measured is what visitors get.
 */
export function sureEnough({ linked, foreign }: Judge['answerAt'], allowedWrong: number) {
  const answerAt = { linked: answerFrom(linked, allowedWrong), foreign: answerFrom(foreign, allowedWrong) }
  return (match: Match, shift = 0): boolean =>
    chanceOf(match, shift) >= (match.isLinked ? answerAt.linked : answerAt.foreign)
}
