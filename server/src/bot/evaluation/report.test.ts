import { expect, test } from 'vitest'
import type { Answered } from './measures.ts'
import { printReport } from './print-report.ts'
import { reportOf } from './report.ts'

const COST = { p50Ms: 0.251, p99Ms: 1.004, buildMs: 99.6, rssMb: 120.4 }

const one = (language: string, rank: number, confidence: number): Answered => ({
  language,
  isInScope: true,
  rank,
  confidence,
  isAnswered: confidence >= 0.5,
})
const outside = (language: string, confidence: number): Answered => ({
  ...one(language, 0, confidence),
  isInScope: false,
})

/** In English all is well; in French one is found second, and two are answered that no entry answers. */
const ASKED = [
  one('en', 1, 0.95),
  one('en', 1, 0.85),
  outside('en', 0.05),
  one('fr', 1, 0.9),
  one('fr', 1, 0.65),
  one('fr', 2, 0.6),
  one('fr', 1, 0.35),
  ...[0.55, 0.52, 0.05, 0.02, 0.01].map(confidence => outside('fr', confidence)),
]

test('the report for programs has the mean of languages, the worst of them, and each of them', () => {
  expect(reportOf({ answered: ASKED, cost: COST })).toEqual({
    n: 12,
    macroTop1: 0.875,
    worstTop1: 0.75,
    macroTop3: 1,
    auroc: 34 / 36,
    rightAt95: 4 / 6,
    shipped: {
      answered: 5 / 6,
      right: 4 / 6,
      precision: 4 / 7,
      oosRecall: 4 / 6,
      ece: expect.closeTo((0.15 + 0.15 + 0.25 + 0.65 + 1.07 + 0.13) / 12, 10),
    },
    languages: {
      en: {
        n: 3,
        top1: 1,
        top3: 1,
        auroc: 1,
        rightAt95: 1,
        answered: 1,
        right: 1,
        precision: 1,
        oosRecall: 1,
        ece: expect.closeTo((0.05 + 0.15 + 0.05) / 3, 10),
      },
      fr: {
        n: 9,
        top1: 3 / 4,
        top3: 1,
        auroc: 18 / 20,
        rightAt95: 2 / 4,
        answered: 3 / 4,
        right: 2 / 4,
        precision: 2 / 5,
        oosRecall: 3 / 5,
        ece: expect.closeTo((0.1 + 0.25 + 0.65 + 1.07 + 0.08) / 9, 10),
      },
    },
    ...COST,
  })
})

test('a share of nothing is null for programs', () => {
  const { auroc, shipped } = JSON.parse(
    JSON.stringify(reportOf({ answered: [one('en', 1, 0.2)], cost: COST })),
  )
  expect(auroc).toBeNull()
  expect(shipped).toMatchObject({ answered: 0, precision: null, oosRecall: null })
})

/** The lines of the report for people, by how they begin. */
function printed(answered: Answered[], allowedWrong = 0.05) {
  const lines = printReport({ answered, cost: COST }, allowedWrong).split('\n')
  return { lines, line: (start: string) => lines.find(one => one.startsWith(start)) }
}

test('the report for people names the worst language, beside the means', () => {
  const { line } = printed(ASKED)
  expect(line('top-1, mean of languages')).toMatch(/ 87\.5 % {3}/)
  expect(line('top-1, worst language: fr')).toMatch(/ 75\.0 % {3}[\d.]+ % to 100\.0 %$/)
  expect(line('top-3, mean of languages')).toMatch(/100\.0 % {3}100\.0 % to 100\.0 %$/)
})

test('the report for people has every figure that programs get, each with where it lies at 95 %', () => {
  const { lines, line } = printed(ASKED)
  expect(lines[0]).toBe('12 questions, answered from where at most 5.0 % of the answers are wrong')
  const figures: [name: string, figure: string][] = [
    ['AUROC, in or out of scope', '94.4'],
    ['right at 95 % precision', '66.7'],
    ['of those in scope, answered  ', '83.3'],
    ['of those in scope, answered rightly', '66.7'],
    ['of all answers, right', '57.1'],
    ['of those out of scope, not answered', '66.7'],
    ['calibration error', '20.0'],
  ]
  for (const [name, figure] of figures)
    expect(line(name), name).toMatch(new RegExp(` ${figure} % {3} *[\\d.]+ % to +[\\d.]+ %$`))
  expect(lines.at(-1)).toBe('p50 0.25 ms, p99 1.00 ms a question; built in 100 ms; 120 MB resident')
})

test('the report for people has two lines a language, the best first, each figure with where it lies', () => {
  const { lines } = printed(ASKED)
  const heads = lines.filter(line => line.startsWith('  in %'))
  expect(heads.map(head => head.trim().split(/ {2,}/))).toEqual([
    ['in %', 'n', 'top-1', 'top-3', 'AUROC', 'right@95'],
    ['in %', 'n', 'answered', 'rightly', 'answers right', 'kept out', 'ECE'],
  ])
  const cells = (language: string) =>
    lines.filter(line => line.startsWith(`  ${language} `)).map(line => line.match(/[\d.]+ \(\d+–\d+\)/g))
  expect(cells('en')).toEqual([
    Array.from({ length: 4 }, () => '100.0 (100–100)'),
    [...Array.from({ length: 4 }, () => '100.0 (100–100)'), expect.stringMatching(/^8\.3 \(5–15\)$/)],
  ])
  expect(cells('fr').map(some => some?.map(cell => cell.split(' ')[0]))).toEqual([
    ['75.0', '100.0', '90.0', '50.0'],
    ['75.0', '50.0', '40.0', '60.0', '23.9'],
  ])
  expect(lines.filter(line => /^ {2}(en|fr)/.test(line)).map(line => line.slice(2, 4))).toEqual([
    'en',
    'fr',
    'en',
    'fr',
  ])
})

test('what cannot be said is a dash, and of one language all is said once', () => {
  const { lines, line } = printed([one('en', 1, 0.95)])
  expect(line('AUROC')).toMatch(/ – {3} +– to +–$/)
  expect(line('top-1, worst language: en')).toContain('100.0 %')
  expect(lines.filter(one => one.startsWith('  '))).toEqual([])
  const { line: ofNone } = printed([outside('en', 0.1), outside('fr', 0.2)])
  expect(ofNone('top-1, worst language: –')).toMatch(/ – {3} +– to +–$/)
  expect(ofNone('  en ')).toMatch(/ 1 +– +– +– +–$/)
})
