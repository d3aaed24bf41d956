import type { Judge } from '../match/confidence.ts'
import type { Weights } from '../match/encoder.ts'
import { randomFrom } from '../match/random.ts'
import { FOLDS } from './folds.ts'
import { learnJudge } from './judge.ts'
import type { Visit } from './play.ts'
import type { Games } from './play-thread.ts'
import { temper } from './temper.ts'
import { inThreads } from './threads.ts'
import { thresholdsOf } from './thresholds.ts'

/** FAQs that are played with each fold's encoder to learn from. */
const GAMES = 270
/** Games with each that nothing is learned from: they set from where on an entry that the pack does not know is the answer. */
const MEASURED = 90
/**
 * Shares of the wrong answers that are allowed, kept in hand: real visitors of an FAQ are not those who were played, and in
 * an exchange's more of them ask for what no entry answers.
 */
const IN_HAND = { linked: 0.25, foreign: 0.1 }
/** Games with visitors who had never seen the pack, in each of so many threads. */
const TEMPERING = 80
const TEMPERING_THREADS = 4

/**
 * Learns how to weigh evidence by playing FAQs whose visitors' words the encoder has never seen, and holds the promises
 * to what comes of them with visitors who had never seen the pack.
 *
 * @param folds what was learned without each fold
 * @param weights what is shipped
 */
export async function weigh(folds: readonly Weights[], weights: Weights): Promise<Judge> {
  const visits = await inThreads<Games, Visit[]>(new URL('./play-thread.ts', import.meta.url), [
    ...folds.map((own, fold) => ({ weights: own, seed: 11 + fold, count: GAMES, fold })),
    ...folds.map((own, fold) => ({ weights: own, seed: 21 + fold, count: MEASURED, fold })),
    ...Array.from({ length: TEMPERING_THREADS }, (_, one) => ({
      weights,
      seed: 31 + one,
      count: TEMPERING,
      fold: null,
    })),
  ])
  const learned = learnJudge(visits.slice(0, FOLDS).flat(), randomFrom(41))
  const measured = visits.slice(FOLDS, 2 * FOLDS).flat()
  const strangers = visits.slice(2 * FOLDS).flat()
  const judge = { linked: temper(learned, strangers), foreign: learned.foreign }
  return {
    ...judge,
    answerAt: {
      linked: thresholdsOf(strangers, judge, true, IN_HAND.linked),
      foreign: thresholdsOf(measured, judge, false, IN_HAND.foreign),
    },
  }
}
