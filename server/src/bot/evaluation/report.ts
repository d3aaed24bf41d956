import {
  type Answered,
  auroc,
  byLanguage,
  interval,
  overLanguages,
  rightAt95,
  shipped,
  top,
} from './measures.ts'
import type { Run } from './run.ts'

/** All figures of a run, as `--json` prints them: shares are between 0 and 1, and null where there is nothing to share. */
export function reportOf({ answered, cost }: Run) {
  const first = (some: Answered[]) => top(some, 1)
  const { macro, worst } = overLanguages(answered, first)
  return {
    n: answered.length,
    macroTop1: macro,
    worstTop1: worst,
    macroTop3: overLanguages(answered, some => top(some, 3)).macro,
    auroc: auroc(answered),
    rightAt95: rightAt95(answered),
    shipped: shipped(answered),
    languages: Object.fromEntries(
      Array.from(byLanguage(answered), ([language, some]) => [
        language,
        { n: some.length, top1: first(some), top3: top(some, 3), ...shipped(some) },
      ]),
    ),
    ...cost,
  }
}

/** The report as a table for people. */
export function printReport({ answered, cost }: Run, allowedWrong: number): string {
  const report = reportOf({ answered, cost })
  const measures: [name: string, measure: (some: Answered[]) => number][] = [
    ['top-1, mean of languages', some => overLanguages(some, one => top(one, 1)).macro],
    ['top-3, mean of languages', some => overLanguages(some, one => top(one, 3)).macro],
    ['AUROC, in or out of scope', auroc],
    ['right at 95 % precision', rightAt95],
    ['of those in scope, answered', some => shipped(some).answered],
    ['of those in scope, answered rightly', some => shipped(some).right],
    ['of all answers, right', some => shipped(some).precision],
    ['of those out of scope, not answered', some => shipped(some).oosRecall],
    ['calibration error', some => shipped(some).ece],
  ]
  const lines = measures.map(([name, measure]) => {
    const [low, high] = interval(answered, measure)
    return `${name.padEnd(38)}${percent(measure(answered))}   ${percent(low)} to ${percent(high)}`
  })
  const languages = Object.entries(report.languages)
    .sort(([, a], [, b]) => b.top1 - a.top1)
    .map(
      ([name, one]) =>
        `  ${name.padEnd(8)}${String(one.n).padStart(6)}  top-1 ${percent(one.top1)}  top-3 ${percent(one.top3)}` +
        `  answered ${percent(one.answered)}  right ${percent(one.precision)}  kept out ${percent(one.oosRecall)}`,
    )
  return [
    `${report.n} questions, answered from where at most ${percent(allowedWrong).trim()} of the answers are wrong`,
    '',
    ...lines,
    '',
    ...languages,
    '',
    `p50 ${cost.p50Ms.toFixed(2)} ms, p99 ${cost.p99Ms.toFixed(2)} ms a question; built in ${Math.round(cost.buildMs)} ms; ${Math.round(cost.rssMb)} MB resident`,
  ].join('\n')
}

const percent = (value: number): string =>
  Number.isNaN(value) ? '     –' : `${(value * 100).toFixed(1).padStart(4)} %`
