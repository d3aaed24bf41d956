import type { Judge } from '../match/confidence.ts'
import type { Encoder } from '../match/encoder.ts'
import { randomFrom } from '../match/random.ts'
import type { Corpus } from './corpus.ts'
import { FOLDS } from './folds.ts'
import { playField, playMixed, playPack, playVisitors } from './games.ts'
import { learnJudge } from './judge.ts'
import { temper } from './temper.ts'
import { thresholdsOf } from './thresholds.ts'

const GAMES = 1080
/** Games that nothing is learned from: they set from where on an entry that the pack does not know is the answer. */
const MEASURED = 360
/** A tenth of the wrong answers that are allowed: real visitors of such an FAQ are not those who were played. */
const IN_HAND = 0.1
/** What is played, in turn. */
const KINDS = [playPack, playField, playMixed]
/** Games with visitors who had never seen the pack. */
const TEMPERING = 320

/**
 * Learns how to weigh evidence by playing FAQs whose visitors' words the encoder has never seen, and holds the promises
 * to what comes of them with visitors who had never seen the pack.
 *
 * @param folds encoders, one a fold, each learned without its texts
 * @param encoder the one that is shipped
 */
export function weigh(corpus: Corpus, folds: Encoder[], encoder: Encoder): Judge {
  const random = randomFrom(11)
  const playGames = (count: number) =>
    Array.from({ length: count }, (_, game) => {
      const fold = game % FOLDS
      const kind = KINDS[Math.floor(game / FOLDS) % KINDS.length]!
      return kind(corpus, fold, folds[fold]!, random)
    }).flat()
  const learned = learnJudge(playGames(GAMES), random)
  const strangers = Array.from({ length: TEMPERING }, () => playVisitors(corpus, encoder, random)).flat()
  const judge = { linked: temper(learned, strangers), foreign: learned.foreign }
  return {
    ...judge,
    answerAt: {
      linked: thresholdsOf(strangers, judge, true, 0),
      foreign: thresholdsOf(playGames(MEASURED), judge, false, IN_HAND),
    },
  }
}
