import { buildIndex } from '../match/index.ts'
import { Matcher } from '../match/matcher.ts'
import type { Model } from '../match/model.ts'
import type { Entry } from '../match/types.ts'
import { sureEnough } from '../sure-enough.ts'
import type { Case } from './cases.ts'
import type { Answered } from './measures.ts'

/** What it took, in milliseconds and in megabytes of resident memory. */
export type Cost = { p50Ms: number; p99Ms: number; buildMs: number; rssMb: number }

export type Run = { answered: Answered[]; cost: Cost }

const WARM_UP = 200

/** Asks one FAQ all questions, one after the other on this thread. `allowedWrong` is the share of wrong answers. */
export function runCases(model: Model, entries: Entry[], cases: Case[], allowedWrong: number): Run {
  const built = performance.now()
  const index = buildIndex(entries, model.encoder)
  const matcher = new Matcher(index, model.encoder, model.judge)
  const buildMs = performance.now() - built
  const isSureEnough = sureEnough(model.judge.answerAt, allowedWrong)
  for (const { text } of cases.slice(0, WARM_UP)) matcher.read(text)
  const times: number[] = []
  const answered = cases.map(({ text, entry, language }) => {
    const asked = performance.now()
    const found = matcher.read(text).matches
    times.push(performance.now() - asked)
    const [best] = found
    return {
      language,
      isInScope: entry !== null,
      rank: found.findIndex(({ id }) => id === entry) + 1,
      confidence: best?.confidence ?? 0,
      isAnswered: best !== undefined && isSureEnough(best),
    }
  })
  times.sort((a, b) => a - b)
  const cost = {
    p50Ms: times[Math.floor(times.length * 0.5)] ?? 0,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
    buildMs,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  }
  return { answered, cost }
}
