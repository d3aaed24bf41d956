import { expect, test } from 'vitest'
import { INTENTS } from '../pack/pack.ts'
import { featuresOf } from './features.ts'
import { buildIndex, type Index, withTexts } from './index.ts'
import { Matcher } from './matcher.ts'
import { openModel } from './model.ts'
import type { Entry } from './types.ts'
import { readerOf } from './words.ts'

const { encoder, judge } = openModel()
const matcherOf = (entries: Entry[]) => new Matcher(buildIndex(entries, encoder), encoder, judge)

test('entries are linked to what they answer by their own words, in whatever language they are', () => {
  const { links } = matcherOf([
    { id: 'a', texts: ['I forgot my password, how do I set a new one?'] },
    { id: 'b', texts: ['提现手续费是多少？'] },
    { id: 'c', texts: ['Do you sell mattresses?'] },
  ])
  expect(links.map(({ id, intents }) => [id, intents])).toEqual([
    ['a', ['reset_password']],
    ['b', ['withdraw_fee']],
    ['c', []],
  ])
})

test('greetings and thanks around a question are not read, but an FAQ may have an answer to thanks alone', () => {
  const matcher = matcherOf([
    { id: 'thanks', texts: ['thank you', 'thanks a lot'] },
    { id: 'fees', texts: ['what are the trading fees'] },
  ])
  expect(matcher.read('thank you').matches[0]).toMatchObject({ id: 'thanks' })
  expect(matcher.read('hello, what are the trading fees? thank you').matches[0]).toMatchObject({ id: 'fees' })
})

test('what the operator says of an entry stands, also that it is none of the intents', () => {
  const { links } = matcherOf([
    { id: 'a', texts: ['I forgot my password'], intents: [] },
    { id: 'b', texts: ['Something else'], intents: ['kyc_time', 'kyc_how'] },
  ])
  expect(links).toEqual([
    { id: 'a', intents: [], chance: 0 },
    { id: 'b', intents: ['kyc_time', 'kyc_how'], chance: 1 },
  ])
})

test('an entry in one language is found in others', () => {
  const matcher = matcherOf(
    INTENTS.slice(0, 40).map((id): Entry => ({ id, texts: [`entry about ${id}`], intents: [id] })),
  )
  const first = (text: string) => matcher.read(text).matches[0]?.id
  expect(first('şifremi unuttum')).toBe('reset_password')
  expect(first('لا يصلني رمز التحقق')).toBe('code_not_received')
  expect(first('비트코인 입금이 안 들어와요')).toBe('deposit_missing')
})

test('a text that is there word for word is certain, also where another entry is likelier by its meaning', () => {
  const matcher = matcherOf([
    { id: 'odd', texts: ['reset password'], intents: [] },
    { id: 'reset', texts: ['How do I reset my password?'], intents: ['reset_password'] },
  ])
  const [first, ...others] = matcher.read('  RESET   password ').matches
  expect(first).toEqual({ id: 'odd', isLinked: false, isExact: true, confidence: 0.999 })
  expect(others.map(({ id }) => id)).not.toContain('odd')
})

test('a text that two entries share is certain for neither', () => {
  const matcher = matcherOf([
    { id: 'wool', texts: ['blankets', 'do you sell wool blankets'] },
    { id: 'cotton', texts: ['blankets', 'do you sell cotton blankets'] },
  ])
  const { matches } = matcher.read('blankets')
  expect(matches).toHaveLength(2)
  for (const { confidence } of matches) expect(confidence).toBeLessThan(0.9)
})

const BEDS: Entry[] = [
  { id: 'size', texts: ['What sizes do your mattresses come in?', 'mattress sizes'] },
  { id: 'trial', texts: ['How long can I try a mattress?', 'trial nights'] },
  { id: 'wash', texts: ['Can I wash the pillow?', 'pillow in the machine'] },
]
const likelihood = (index: Index, text: string, id: string) =>
  new Matcher(index, encoder, judge).read(text).matches.find(match => match.id === id)?.confidence ?? 0

test('one more way of asking is found without building anew, and takes nothing from the others', () => {
  const before = buildIndex(BEDS, encoder)
  const was = likelihood(before, 'sleep on it for a month and send it back', 'trial')
  const text = 'may I sleep on it for a month and then send it back'
  const after = withTexts(before, [{ entry: 1, text }], encoder)
  expect(likelihood(after, 'sleep on it for a month and send it back', 'trial')).toBeGreaterThan(was)
  for (const [near, id] of [
    ['which sizes of mattresses', 'size'],
    ['is the pillow fit for the machine', 'wash'],
  ] as const) {
    expect(likelihood(after, near, id)).toBeGreaterThan(0.95 * likelihood(before, near, id))
  }
  // Who is being answered from the index before is not disturbed.
  expect(likelihood(before, 'sleep on it for a month and send it back', 'trial')).toBe(was)
  expect([before.owners.length, after.owners.length]).toEqual([6, 7])
})

test('what comes one by one or at once teaches words that the FAQ has never had', () => {
  const before = buildIndex(BEDS, encoder)
  const added = [
    { entry: 1, text: 'the zippitydoo' },
    { entry: 2, text: 'a zippitydoo wobblewash' },
    { entry: 1, text: 'our zippitydoo' },
  ]
  const weightsOf = ({ lessons: { vocabulary, starts, owners, weights } }: Index, word: string) => {
    const [row = -1] = readerOf(vocabulary)(featuresOf(word)).rows
    const from = starts[row] ?? 0
    return Array.from(owners.subarray(from, starts[row + 1]), (entry, place) => [
      entry,
      weights[from + place],
    ])
  }
  const atOnce = withTexts(before, added, encoder)
  const oneByOne = added.reduce((index, one) => withTexts(index, [one], encoder), before)
  expect(readerOf(before.lessons.vocabulary)(featuresOf('zippitydoo')).rows).toHaveLength(0)
  for (const after of [atOnce, oneByOne]) {
    expect(weightsOf(after, 'zippitydoo').map(([entry]) => entry)).toEqual([1, 2])
    expect(weightsOf(after, 'wobblewash').map(([entry]) => entry)).toEqual([2])
    for (const [, weight] of [...weightsOf(after, 'zippitydoo'), ...weightsOf(after, 'wobblewash')])
      expect(weight).not.toBe(0)
    expect(after.lessons.starts.at(-1)).toBe(after.lessons.owners.length)
    expect(after.lessons.weights).toHaveLength(after.lessons.owners.length)
  }
})

test("entries of an operator's own stand beside those that the pack knows, and neither takes what is the other's", () => {
  const matcher = matcherOf([
    { id: 'password', texts: ['I forgot my password, how do I set a new one?'] },
    { id: 'fee', texts: ['What does a withdrawal cost?'] },
    {
      id: 'trial',
      texts: ['How many nights may I sleep on the mattress?', 'mattress trial', 'try the bed first'],
    },
    { id: 'pillow', texts: ['Can I wash the pillow?', 'pillow in the washing machine', 'cleaning a pillow'] },
  ])
  const first = (text: string) => matcher.read(text).matches[0]?.id
  expect(first('cant remember my pasword')).toBe('password')
  expect(first('提现要多少手续费')).toBe('fee')
  expect(first('is there a trial for the mattress')).toBe('trial')
  expect(first('may the pillow be washed')).toBe('pillow')
})

test('one more way of asking that another entry has already is certain for neither', () => {
  const entries: Entry[] = [
    { id: 'wool', texts: ['do you sell wool blankets'] },
    { id: 'cotton', texts: ['do you sell cotton blankets', 'blankets'] },
  ]
  const after = withTexts(buildIndex(entries, encoder), [{ entry: 0, text: 'Blankets!' }], encoder)
  for (const { isExact } of new Matcher(after, encoder, judge).read('blankets').matches)
    expect(isExact).toBe(false)
})

test('entries without texts are found by what the operator says they answer, and break nothing', () => {
  const matcher = matcherOf([
    { id: 'a', texts: [], intents: ['reset_password'] },
    { id: 'b', texts: [] },
  ])
  const { matches } = matcher.read('forgot my password')
  expect(matches[0]?.id).toBe('a')
  for (const { confidence } of matches) expect(confidence).toBeGreaterThan(0)
})

test('the same FAQ gives the same index, and what it promises is a chance', () => {
  const entries: Entry[] = [
    { id: 'a', texts: ['where is my deposit'] },
    { id: 'b', texts: ['where is my withdrawal'] },
  ]
  const [one, other] = [matcherOf(entries), matcherOf(entries)]
  for (const text of ['deposit gone', 'withdrawal?', 'x', '']) {
    expect(one.read(text)).toEqual(other.read(text))
    for (const { confidence } of one.read(text).matches) {
      expect(confidence).toBeGreaterThan(0)
      expect(confidence).toBeLessThan(1)
    }
  }
})
