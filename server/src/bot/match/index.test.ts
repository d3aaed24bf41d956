import { expect, test } from 'vitest'
import { INTENTS } from '../pack/pack.ts'
import { buildIndex, withText } from './index.ts'
import { Matcher } from './matcher.ts'
import { openModel } from './model.ts'
import type { Entry } from './types.ts'

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

test('one more way of asking is found without building anew, and takes nothing from the others', () => {
  const entries: Entry[] = [
    { id: 'size', texts: ['What sizes do your mattresses come in?', 'mattress sizes'] },
    { id: 'trial', texts: ['How long can I try a mattress?', 'trial nights'] },
    { id: 'wash', texts: ['Can I wash the pillow?', 'pillow in the machine'] },
  ]
  const before = buildIndex(entries, encoder)
  const likelihood = (index: typeof before, text: string, id: string) =>
    new Matcher(index, encoder, judge).read(text).matches.find(match => match.id === id)?.confidence ?? 0
  const was = likelihood(before, 'sleep on it for a month and send it back', 'trial')
  const after = withText(before, 1, 'may I sleep on it for a month and then send it back', encoder)
  expect(likelihood(after, 'sleep on it for a month and send it back', 'trial')).toBeGreaterThan(was)
  expect(likelihood(after, 'may i sleep on it for a month and then send it back', 'trial')).toBeGreaterThan(
    0.9,
  )
  expect(likelihood(after, 'mattress sizes', 'size')).toBe(0.999)
  expect(before.owners).toHaveLength(6)
  expect(after.owners).toHaveLength(7)
})

test('one more way of asking that another entry has already is certain for neither', () => {
  const entries: Entry[] = [
    { id: 'wool', texts: ['do you sell wool blankets'] },
    { id: 'cotton', texts: ['do you sell cotton blankets', 'blankets'] },
  ]
  const after = withText(buildIndex(entries, encoder), 0, 'Blankets!', encoder)
  for (const { isExact } of new Matcher(after, encoder, judge).read('blankets').matches)
    expect(isExact).toBe(false)
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
