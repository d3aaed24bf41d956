import { resolve } from 'node:path'
import { parseMarkup } from '@nightdesk/shared/markup.ts'
import { describe, expect, test } from 'vitest'
import { folderOf } from '../test-files.ts'
import { type FaqEntry, FaqError, loadFaq, parseEntry } from './faq.ts'
import { BESIDE, INTENTS } from './pack/pack.ts'

const GOOD = `---
id: trading_fees
topic: trading
reviewed: 2026-10-20
version: 3
questions:
  en: What are the trading fees?
  zh-Hans: 交易手续费是多少？
phrasings:
  en:
    - trading fees
    - how much is the fee
---

## en

The fee is **0.10 %**.

## zh-Hans

手续费为 **0.10%**。
`

/** A good entry with one thing changed, and what is said about it. */
function faultsOf(change: string | RegExp, into: string): string[] {
  const source = GOOD.replace(change, into)
  if (source === GOOD) throw new Error(`nothing in the entry matches ${change}`)
  return faultsIn(source)
}

function faultsIn(source: string): string[] {
  const faults: string[] = []
  const entry = parseEntry(source, 'fees.md', faults)
  expect(entry === undefined).toBe(faults.length > 0)
  return faults
}

test('an entry is read in all its languages', () => {
  const faults: string[] = []
  const entry = parseEntry(GOOD, 'fees.md', faults)
  expect(faults).toEqual([])
  expect(entry).toEqual({
    id: 'trading_fees',
    topic: 'trading',
    reviewed: '2026-10-20',
    version: 3,
    languages: new Map([
      [
        'en',
        {
          question: 'What are the trading fees?',
          phrasings: ['trading fees', 'how much is the fee'],
          answer: 'The fee is **0.10 %**.',
        },
      ],
      ['zh-Hans', { question: '交易手续费是多少？', phrasings: [], answer: '手续费为 **0.10%**。' }],
    ]),
  } satisfies FaqEntry)
})

test('an entry that was written on Windows is read the same', () => {
  expect(parseEntry(GOOD.replaceAll('\n', '\r\n'), 'fees.md', [])).toEqual(parseEntry(GOOD, 'fees.md', []))
})

test('an entry that Windows has put a mark before is read the same', () => {
  const [entry] = loadFaq(folderOf({ 'fees.md': `\uFEFF${GOOD}` }))
  expect(entry).toEqual(parseEntry(GOOD, 'fees.md', []))
})

test('phrasings may be missing altogether', () => {
  const faults: string[] = []
  const entry = parseEntry(GOOD.replace(/phrasings:\n( {2}.*\n)+/, ''), 'fees.md', faults)
  expect(faults).toEqual([])
  expect(entry?.languages.get('en')?.phrasings).toEqual([])
})

describe('a fault is named with its file and its line:', () => {
  const table: [what: string, change: string | RegExp, into: string, fault: RegExp][] = [
    ['no front matter', /^---\n/, '', /^fees\.md:1: must begin with front matter/],
    ['front matter without an end', /---\n\n## en/, '\n## en', /^fees\.md:1: must begin with front matter/],
    ['YAML that cannot be read', 'topic: trading', 'topic: [trading', /^fees\.md:\d+: /],
    ['a field twice', 'topic: trading', 'id: again', /^fees\.md:3: .*unique/],
    ['no id', 'id: trading_fees\n', '', /^fees\.md:2: id is missing$/],
    ['no fields at all', /^---\n[\s\S]*?\n---/, '---\n---', /^fees\.md:2: front matter must be fields/],
    ['an id with capitals', 'id: trading_fees', 'id: Trading-Fees', /^fees\.md:2: id must be lower case/],
    ['an id that is a number', 'id: trading_fees', 'id: 7', /^fees\.md:2: id must be a text/],
    ['an empty topic', 'topic: trading', 'topic: " "', /^fees\.md:3: topic is empty/],
    [
      'a topic that is too long',
      'topic: trading',
      `topic: ${'x'.repeat(33)}`,
      /^fees\.md:3: topic is longer than 32/,
    ],
    ['a date in words', '2026-10-20', 'yesterday', /^fees\.md:4: reviewed must be a date like/],
    ['a date that does not exist', '2026-10-20', '2026-13-20', /^fees\.md:4: reviewed must be a date like/],
    ['a version in words', 'version: 3', 'version: three', /^fees\.md:5: version must be a number/],
    ['a version below 1', 'version: 3', 'version: 0', /^fees\.md:5: version must be 1 or more/],
    ['half a version', 'version: 3', 'version: 1.5', /^fees\.md:5: version must be a whole number/],
    [
      'a field that is not known',
      'version: 3',
      'version: 3\nauthor: Sam',
      /^fees\.md:6: author is not a known field/,
    ],
    [
      'a tag that is no language',
      '  en: What',
      '  english!: What',
      /^fees\.md:7: questions\.english! is not a language/,
    ],
    ['an empty question', 'en: What are the trading fees?', 'en: ""', /^fees\.md:7: questions\.en is empty/],
    [
      'a question that is nothing',
      'en: What are the trading fees?',
      'en:',
      /^fees\.md:7: questions\.en must be a text/,
    ],
    [
      'phrasings that are no list',
      /( {4}- .*\n)+/,
      '    once\n',
      /^fees\.md:10: phrasings\.en must be a list/,
    ],
    ['a phrasing that is no text', '- trading fees', '- 24', /^fees\.md:11: phrasings\.en\.0 must be a text/],
    [
      'an answer without a question',
      '  zh-Hans: 交易手续费是多少？\n',
      '',
      /^fees\.md:18: has an answer in zh-Hans but no question/,
    ],
    [
      'a question without an answer',
      /\n## zh-Hans[\s\S]*/,
      '',
      /^fees\.md:13: has a question in zh-Hans but no answer/,
    ],
    ['an empty answer', 'The fee is **0.10 %**.', '', /^fees\.md:15: the answer in en is empty/],
    [
      'an answer that is too long',
      'The fee is',
      'x'.repeat(4001),
      /^fees\.md:15: the answer in en is longer than 4000/,
    ],
    ['a second answer', '## zh-Hans', '## en', /^fees\.md:19: a second answer in en/],
    ['text before the first language', '\n## en', '\nHello.\n\n## en', /^fees\.md:15: text before the first/],
  ]
  test.each(table)('%s', (_, change, into, fault) => {
    const faults = faultsOf(change, into)
    expect(faults).toContainEqual(expect.stringMatching(fault))
    for (const one of faults) expect(one).toMatch(/^fees\.md:\d+: \S/)
  })
})

test('a question without an answer is not called an entry without a question', () => {
  const [head] = GOOD.split('## en')
  const source = `${head}`.replace(/ {2}zh-Hans.*\n/, '')
  expect(faultsIn(source)).toEqual(['fees.md:12: has a question in en but no answer under "## en"'])
})

test('all faults of a file are told at once', () => {
  const source = GOOD.replace('topic: trading', 'topic: ""')
    .replace('version: 3', 'version: three')
    .replace('The fee is **0.10 %**.', '')
  expect(faultsIn(source).map(fault => fault.split(':')[1])).toEqual(['3', '5', '15'])
})

test('all faults of a folder are told at once, and a folder with a fault gives no entries', () => {
  const dir = folderOf({
    'a.md': GOOD.replace('version: 3', 'version: three'),
    'b.md': GOOD,
    'c.md': 'no front matter',
    'd.txt': 'not an entry',
    'deeper/e.md': 'not looked at',
  })
  const error = failureOf(() => loadFaq(dir))
  expect(error).toBeInstanceOf(FaqError)
  expect(error).toMatchObject({
    faults: [expect.stringMatching(/^a\.md:5: version/), expect.stringMatching(/^c\.md:1: /)],
  })
  expect((error as FaqError).message).toContain('\n  - c.md:1: ')
})

test('a file that cannot be read is a fault of its name, and a folder that is not there of the FAQ', () => {
  const dir = folderOf({
    'a.md/inside.txt': 'a folder called like an entry',
    'b.md': Buffer.from(`\uFEFF${GOOD}`, 'utf16le'),
  })
  expect(failureOf(() => loadFaq(dir))).toMatchObject({
    faults: ['a.md: it is a folder where a file is needed', 'b.md:1: is not written in UTF-8'],
  })
  expect(failureOf(() => loadFaq(`${dir}/nowhere`))).toMatchObject({
    faults: ['there is no such file or folder'],
  })
})

test('an id that two files use is a fault of the second, on the line where it says so', () => {
  const dir = folderOf({ 'a.md': GOOD, 'b.md': GOOD })
  expect(failureOf(() => loadFaq(dir))).toMatchObject({
    faults: ['b.md:2: id trading_fees is used by another file'],
  })
  const swapped = GOOD.replace('id: trading_fees\ntopic: trading', 'topic: trading\nid: trading_fees')
  const other = folderOf({ 'a.md': GOOD, 'b.md': swapped })
  expect(failureOf(() => loadFaq(other))).toMatchObject({
    faults: ['b.md:3: id trading_fees is used by another file'],
  })
})

test('the FAQ that is shipped answers every intent in English and Chinese, and thirty and what is urgent in twelve languages', () => {
  const faq = loadFaq(resolve(import.meta.dirname, '../../../demo/faq'))
  const answered = faq.flatMap(({ id, intents }) => intents ?? [id])
  expect(answered.sort()).toEqual(INTENTS.filter(intent => !(intent in BESIDE)).sort())
  expect(faq.filter(entry => entry.languages.size === 12)).toHaveLength(32)
  for (const entry of faq) {
    expect([...entry.languages.keys()].slice(0, 2), entry.id).toEqual(['en', 'zh-Hans'])
    for (const { answer } of entry.languages.values()) {
      // Bold that was opened and not closed would stand on screen as asterisks.
      expect(JSON.stringify(parseMarkup(answer)), entry.id).not.toContain('**')
    }
  }
})

function failureOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}
