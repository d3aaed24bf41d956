import { chancesOf, type Judge, type Threshold } from '../match/confidence.ts'
import type { Visit } from './play.ts'

const SHARES = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2]

/**
 * From which confidence on to answer, for each allowed share of wrong answers: the lowest above which no more than that
 * share of the visits' answers was wrong. Of the visits those count whose likeliest candidate is linked, or is not.
 *
 * @param inHand how much of each share is kept in hand
 */
export function thresholdsOf(
  visits: readonly Visit[],
  judge: Pick<Judge, 'linked' | 'foreign'>,
  linked: boolean,
  inHand: number,
): Threshold[] {
  const answers = visits
    .flatMap(visit => likeliest(visit, judge) ?? [])
    .filter(({ isLinked }) => isLinked === linked)
    .sort((a, b) => b.confidence - a.confidence)
  return SHARES.map(share => {
    let wrong = 0
    let from = 1
    answers.forEach(({ confidence, isRight }, index) => {
      if (!isRight) wrong++
      const isLastOfTie = answers[index + 1]?.confidence !== confidence
      if (isLastOfTie && wrong / (index + 1) <= share * (1 - inHand)) from = confidence
    })
    return [share, Math.round(from * 1e4) / 1e4]
  })
}

function likeliest(visit: Visit, judge: Pick<Judge, 'linked' | 'foreign'>) {
  const chances = chancesOf(judge, visit)
  const place = chances.indexOf(Math.max(...chances))
  const best = visit[place]
  return best && { ...best, confidence: chances[place]! }
}
