import {
  type Answered,
  answeredOf,
  auroc,
  byLanguage,
  calibrationError,
  interval,
  type Measure,
  oosRecall,
  overLanguages,
  precision,
  rightAt95,
  rightOf,
  top,
} from './measures.ts'
import type { Run } from './run.ts'

type Named = [name: string, measure: Measure]

const first: Measure = all => top(all, 1)
const firstThree: Measure = all => top(all, 3)

const OF_ALL: Named[] = [
  ['AUROC, in or out of scope', auroc],
  ['right at 95 % precision', rightAt95],
  ['of those in scope, answered', answeredOf],
  ['of those in scope, answered rightly', rightOf],
  ['of all answers, right', precision],
  ['of those out of scope, not answered', oosRecall],
  ['calibration error', calibrationError],
]

/** What is found, and what is made of it: two tables, so that a line of each fits a terminal. */
const OF_LANGUAGES: Named[][] = [
  [
    ['top-1', first],
    ['top-3', firstThree],
    ['AUROC', auroc],
    ['right@95', rightAt95],
  ],
  [
    ['answered', answeredOf],
    ['rightly', rightOf],
    ['answers right', precision],
    ['kept out', oosRecall],
    ['ECE', calibrationError],
  ],
]

/** The report for people. Beside each figure stands where it lies at 95 %, had others of these visitors come. */
export function printReport({ answered, cost }: Run, allowedWrong: number): string {
  const languages = byLanguage(answered)
  return [
    `${answered.length} questions, answered from where at most ${percent(allowedWrong).trim()} of the answers are wrong`,
    '',
    row(['top-1, mean of languages', some => overLanguages(some, first).macro], answered),
    worstRow(answered, languages),
    row(['top-3, mean of languages', some => overLanguages(some, firstThree).macro], answered),
    ...OF_ALL.map(one => row(one, answered)),
    '',
    // Of one language all has been said.
    ...(languages.size > 1 ? OF_LANGUAGES.flatMap(columns => [...table(columns, languages), '']) : []),
    `p50 ${cost.p50Ms.toFixed(2)} ms, p99 ${cost.p99Ms.toFixed(2)} ms a question; built in ${Math.round(cost.buildMs)} ms; ${Math.round(cost.rssMb)} MB resident`,
  ].join('\n')
}

function row([name, measure]: Named, some: Answered[]): string {
  const [low, high] = interval(some, measure)
  return `${name.padEnd(38)}${percent(measure(some))}   ${percent(low)} to ${percent(high)}`
}

/** Its interval is that language's own: the worst of languages drawn again would be worse than any of them is. */
function worstRow(answered: Answered[], languages: ReadonlyMap<string, Answered[]>): string {
  const { worstIn = '–' } = overLanguages(answered, first)
  return row([`top-1, worst language: ${worstIn}`, first], languages.get(worstIn) ?? [])
}

const percent = (value: number): string =>
  Number.isNaN(value) ? '     –' : `${(value * 100).toFixed(1).padStart(4)} %`

/** A line for each language, the best found first, in per cent. */
function table(columns: Named[], languages: ReadonlyMap<string, Answered[]>): string[] {
  const sorted = [...languages].sort(([, a], [, b]) => (first(b) || 0) - (first(a) || 0))
  const heads = columns.map(([name]) => name.padEnd(CELL))
  return [
    `  ${'in %'.padEnd(8)}${'n'.padStart(6)}  ${heads.join('')}`.trimEnd(),
    ...sorted.map(([language, some]) => {
      const cells = columns.map(([, measure]) => cell(some, measure).padEnd(CELL))
      return `  ${language.padEnd(8)}${String(some.length).padStart(6)}  ${cells.join('')}`.trimEnd()
    }),
  ]
}

const CELL = 18

function cell(some: Answered[], measure: Measure): string {
  const value = measure(some)
  if (Number.isNaN(value)) return '    –'
  const [low, high] = interval(some, measure).map(bound => (bound * 100).toFixed(0))
  return `${(value * 100).toFixed(1).padStart(5)} (${low}–${high})`
}
