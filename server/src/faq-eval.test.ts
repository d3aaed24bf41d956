import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { entryFile, fileOf, folderOf, jsonLines } from './test-files.ts'

/** It reads the model anew, on a machine that may be busy. */
const PATIENCE = { timeout: 60_000 }

function evaluate(...args: string[]) {
  const script = join(import.meta.dirname, 'faq-eval.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr: stderr.trimEnd() }
}

const FEES = ['What are the trading fees?', 'price list']
const ZOO = ['When is the zoo open?', 'opening hours']
const LINES = [
  ...FEES.map(t => ({ t, y: 'fees' })),
  ...ZOO.map(t => ({ t, y: 'zoo' })),
  { t: 'tell me a joke', y: 'none' },
]
/** Asked word for word, or without a word: what comes of it does not depend on what the model has learned. */
const ASKED = [
  { t: 'what are the trading fees', y: 'fees', lang: 'en' },
  { t: 'Opening hours', y: 'zoo', lang: 'en' },
  { t: 'price list', y: 'fees', lang: 'fr' },
  { t: '???', y: 'none', lang: 'fr' },
]

const asLines = () => fileOf('faq.jsonl', jsonLines(LINES))
const asMarkdown = () =>
  folderOf({ 'fees.md': entryFile('fees', FEES), 'zoo.md': entryFile('zoo', ZOO), 'notes.txt': 'no entry' })
const asked = () => fileOf('asked.jsonl', jsonLines(ASKED))

const SHIPPED = ['answered', 'right', 'precision', 'oosRecall', 'ece']
const KEYS = {
  report: [
    ...['n', 'macroTop1', 'worstTop1', 'macroTop3', 'auroc', 'rightAt95', 'shipped', 'languages'],
    ...['p50Ms', 'p99Ms', 'buildMs', 'rssMb'],
  ],
  language: ['n', 'top1', 'top3', 'auroc', 'rightAt95', ...SHIPPED],
}

describe.each([
  ['a file of lines', asLines],
  ['a folder of Markdown', asMarkdown],
])('an FAQ that is %s', (_, faq) => {
  test('is evaluated into one object with the keys that were promised', PATIENCE, () => {
    const { status, stdout } = evaluate(
      ...['--faq', faq(), '--queries', asked(), '--oos-label', 'none', '--json'],
    )
    expect(status).toBe(0)
    const report = JSON.parse(stdout)
    expect(Object.keys(report)).toEqual(KEYS.report)
    expect(Object.keys(report.shipped)).toEqual(SHIPPED)
    expect(Object.keys(report.languages)).toEqual(['en', 'fr'])
    for (const language of Object.values(report.languages))
      expect(Object.keys(language as object)).toEqual(KEYS.language)
    expect(report).toMatchObject({
      n: 4,
      macroTop1: 1,
      worstTop1: 1,
      macroTop3: 1,
      auroc: 1,
      rightAt95: 1,
      shipped: { answered: 1, right: 1, precision: 1, oosRecall: 1, ece: expect.closeTo(0.001, 3) },
      languages: { en: { n: 2, top1: 1, oosRecall: null }, fr: { n: 2, top1: 1, oosRecall: 1 } },
    })
    for (const key of ['p50Ms', 'p99Ms', 'buildMs', 'rssMb']) expect(report[key]).toBeGreaterThan(0)
  })
})

test('without --json it prints a report for people', PATIENCE, () => {
  const { status, stdout } = evaluate(
    ...['--faq', asMarkdown(), '--queries', asked(), '--oos-label', 'none', '--wrong', '0.1'],
  )
  expect(status).toBe(0)
  expect(stdout).toMatch(/^4 questions, answered from where at most 10\.0 % of the answers are wrong\n/)
  expect(stdout).toMatch(/^top-1, worst language: en +100\.0 % /m)
})

test(
  'what an FAQ has out of scope is told on the error channel, so that --json stays one object',
  PATIENCE,
  () => {
    const faq = asLines()
    const { stdout, stderr } = evaluate(
      ...['--faq', faq, '--queries', asked(), '--oos-label', 'none', '--json'],
    )
    expect(stderr).toBe(`${faq}: left out what is labelled "none", 1 text`)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  },
)

test('a label that no entry has is told, and measured as out of scope', PATIENCE, () => {
  const queries = asked()
  const { status, stdout, stderr } = evaluate(
    ...['--faq', asMarkdown(), '--queries', queries, '--oos-label', 'other', '--json'],
  )
  expect(status).toBe(0)
  expect(stderr).toBe(
    `${queries}:4: the label "none", on 1 line, is no entry of the FAQ: taken for out of scope`,
  )
  expect(JSON.parse(stdout)).toMatchObject({ n: 4, shipped: { oosRecall: 1 } })
})

describe('refused with a plain sentence, and nothing on the way to a program:', () => {
  const refusal = (...args: string[]) => {
    const { status, stdout, stderr } = evaluate(...args)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    return stderr
  }

  test('an FAQ, or questions, that are not there', PATIENCE, () => {
    expect(refusal('--faq', '/nowhere/faq', '--queries', asked())).toBe(
      '/nowhere/faq: there is no such file or folder',
    )
    expect(refusal('--faq', asMarkdown(), '--queries', '/nowhere/asked.jsonl')).toBe(
      '/nowhere/asked.jsonl: there is no such file or folder',
    )
  })

  test(
    'a command without its files, with an option that it does not know, with a share that is none',
    PATIENCE,
    () => {
      expect(refusal('--faq', 'faq')).toMatch(/^Usage: pnpm faq:eval --faq FILE --queries FILE/)
      expect(refusal('--faq', 'faq', '--quieries', 'asked')).toMatch(
        /^Unknown option '--quieries'\n\nUsage: pnpm faq:eval/,
      )
      expect(refusal('--faq', 'faq', '--queries', 'asked', '--wrong', '5')).toMatch(
        /^--wrong must be a share between 0 and 1, not 5\n\nUsage: pnpm faq:eval/,
      )
    },
  )
})
