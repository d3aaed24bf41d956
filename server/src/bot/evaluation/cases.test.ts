import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { entryFile, fileOf, folderOf, jsonLines } from '../../test-files.ts'
import { readCases, readEntries } from './cases.ts'

const ENTRIES = [
  { id: 'fees', texts: ['what does it cost'] },
  { id: 'limits', texts: ['how much may I withdraw'] },
]

function entriesIn(path: string, oosLabel = 'oos') {
  const notes: string[] = []
  return { entries: readEntries(path, oosLabel, note => notes.push(note)), notes }
}

const casesIn = (path: string, oosLabel = 'oos', notes: string[] = []) =>
  readCases(path, oosLabel, ENTRIES, note => notes.push(note))

/** What is said of a file of questions with this content; the file is called by its name alone. */
function faultsOf(content: string | Buffer): string[] {
  const path = fileOf('asked.jsonl', content)
  return linesOf(() => casesIn(path), path)
}

function linesOf(read: () => unknown, path: string): string[] {
  try {
    read()
  } catch (error) {
    return (error as Error).message.replaceAll(path, 'asked.jsonl').split('\n')
  }
  throw new Error('it was not refused')
}

describe('an FAQ', () => {
  test('of lines has an entry for each label, with its texts in their order', () => {
    const path = fileOf(
      'faq.jsonl',
      jsonLines([
        { t: 'what does it cost', y: 'fees' },
        { t: 'how much may I withdraw', y: 'limits', lang: 'en' },
        { t: 'price list', y: 'fees', split: 'train' },
      ]),
    )
    expect(entriesIn(path)).toEqual({
      entries: [{ id: 'fees', texts: ['what does it cost', 'price list'] }, ENTRIES[1]],
      notes: [],
    })
  })

  test('may be a folder of Markdown entries', () => {
    const dir = folderOf({ 'fees.md': entryFile('fees', ['What does it cost?', 'price list']) })
    expect(entriesIn(dir)).toEqual({
      entries: [{ id: 'fees', texts: ['What does it cost?', 'price list'] }],
      notes: [],
    })
  })

  test('has no entry of what is labelled as out of scope, and that is said', () => {
    const content = jsonLines([
      { t: 'what does it cost', y: 'fees' },
      { t: 'tell me a joke', y: 'none' },
      { t: 'sing', y: 'none' },
    ])
    const path = fileOf('faq.jsonl', content)
    const { entries, notes } = entriesIn(path, 'none')
    expect(entries.map(({ id }) => id)).toEqual(['fees'])
    expect(notes).toEqual([`${path}: left out what is labelled "none", 2 texts`])
    expect(entriesIn(path, 'oos').entries.map(({ id }) => id)).toEqual(['fees', 'none'])
  })

  test('in Markdown has no such entry either', () => {
    const dir = folderOf({
      'a.md': entryFile('oos', ['Sing?']),
      'b.md': entryFile('fees', ['What does it cost?']),
    })
    const { entries, notes } = entriesIn(dir)
    expect(entries.map(({ id }) => id)).toEqual(['fees'])
    expect(notes).toEqual([`${dir}: left out what is labelled "oos", 1 text`])
  })

  test('without entries is refused', () => {
    const empty = fileOf('faq.jsonl', '\n\n')
    expect(() => entriesIn(empty)).toThrow(`${empty}: has no entries`)
    const onlyOos = fileOf('faq.jsonl', jsonLines([{ t: 'sing', y: 'oos' }]))
    expect(() => entriesIn(onlyOos)).toThrow(`${onlyOos}: has no entries`)
    const folder = folderOf({})
    expect(() => entriesIn(folder)).toThrow(/it has no entries/)
  })

  test('that is not there is said to be so', () => {
    const nowhere = join(folderOf({}), 'faq')
    expect(() => entriesIn(nowhere)).toThrow(`${nowhere}: there is no such file or folder`)
  })

  test('with a line that cannot be used is refused', () => {
    const path = fileOf('faq.jsonl', `${jsonLines([{ t: 'what does it cost', y: 'fees' }])}{"t": "price`)
    expect(() => entriesIn(path)).toThrow(`${path}:2: is no JSON object`)
  })
})

describe('questions', () => {
  test('mean an entry or none, in the language that the line says', () => {
    const asked = [
      { t: 'price?', y: 'fees', lang: 'en' },
      { t: 'sing', y: 'none', lang: 'fr' },
      { t: 'limit?', y: 'limits' },
    ]
    expect(casesIn(fileOf('asked.jsonl', jsonLines(asked)), 'none')).toEqual([
      { text: 'price?', entry: 'fees', language: 'en' },
      { text: 'sing', entry: null, language: 'fr' },
      { text: 'limit?', entry: 'limits', language: 'all' },
    ])
  })

  test('may come from Windows, with a mark before them and its ends of lines', () => {
    const content = `\uFEFF${jsonLines([{ t: 'price?', y: 'fees' }])}`.replaceAll('\n', '\r\n')
    expect(casesIn(fileOf('asked.jsonl', content))).toHaveLength(1)
  })

  test('with a label that no entry has mean none of them, and each such label is told: its first line, and how often it stands', () => {
    const asked = [
      { t: 'price?', y: 'fees' },
      { t: 'price', y: 'feees' },
      { t: 'sing', y: 'oos' },
      { t: 'dance', y: 'none' },
      { t: 'prices', y: 'feees' },
    ]
    const path = fileOf('asked.jsonl', jsonLines(asked))
    const notes: string[] = []
    expect(casesIn(path, 'oos', notes).map(({ entry }) => entry)).toEqual(['fees', null, null, null, null])
    expect(notes).toEqual([
      `${path}:2: the label "feees", on 2 lines, is no entry of the FAQ: taken for out of scope`,
      `${path}:4: the label "none", on 1 line, is no entry of the FAQ: taken for out of scope`,
    ])
  })

  test('without any are refused', () => {
    expect(faultsOf('\n')).toEqual(['asked.jsonl: has no questions'])
  })

  test('that are not there, or a folder, are said to be so', () => {
    const dir = folderOf({})
    const nowhere = join(dir, 'asked.jsonl')
    expect(() => casesIn(nowhere)).toThrow(`${nowhere}: there is no such file or folder`)
    expect(() => casesIn(dir)).toThrow(`${dir}: it is a folder where a file is needed`)
  })

  test.each([
    ['half a line', '{"t": "price', 'is no JSON object such as '],
    ['words that are not JSON', 'price?\tfees', 'is no JSON object such as '],
    ['JSON that is no object', '"price?"', 'is no JSON object such as '],
    ['nothing', 'null', 'is no JSON object such as '],
    ['a line without a text', '{"y": "fees"}', 'has no "t"'],
    ['a line without a label', '{"t": "price?"}', 'has no "y"'],
    ['a text that is a number', '{"t": 7, "y": "fees"}', 'has a "t" that is no text'],
    ['an empty text', '{"t": "", "y": "fees"}', 'has an empty "t"'],
    ['a label that is a number', '{"t": "price?", "y": 7}', 'has a "y" that is no text'],
    ['an empty label', '{"t": "price?", "y": ""}', 'has an empty "y"'],
    ['a language that is a number', '{"t": "a", "y": "fees", "lang": 7}', 'has a "lang" that is no text'],
  ])('with %s are refused, by file and line', (_, line, fault) => {
    const good = jsonLines([{ t: 'price?', y: 'fees' }])
    const faults = faultsOf(`${good}\n${line}\n${good}`)
    expect(faults).toEqual([expect.stringContaining(`asked.jsonl:3: ${fault}`)])
  })

  test('that are not written in UTF-8 are refused', () => {
    expect(faultsOf(Buffer.from('{"t": "d\u00e9p\u00f4t", "y": "fees"}', 'latin1'))).toEqual([
      'asked.jsonl:1: is not written in UTF-8',
    ])
  })

  test('have all their faults told at once: of lines, of one line', () => {
    const content = `{"lang": 7}\nprice\n`
    expect(faultsOf(content)).toEqual([
      'asked.jsonl:1: has no "t"',
      'asked.jsonl:1: has no "y"',
      'asked.jsonl:1: has a "lang" that is no text',
      expect.stringMatching(/^asked\.jsonl:2: is no JSON object/),
    ])
  })

  test('with more than ten faults have ten told, and how many more there are', () => {
    const ten = faultsOf('?\n'.repeat(10))
    expect(ten).toHaveLength(10)
    expect(ten.at(-1)).toMatch(/^asked\.jsonl:10: /)
    const twelve = faultsOf('?\n'.repeat(12))
    expect(twelve).toHaveLength(11)
    expect(twelve.slice(-2)).toEqual([expect.stringMatching(/^asked\.jsonl:10: /), 'and 2 more'])
  })
})
