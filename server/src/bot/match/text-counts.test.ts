import { expect, test } from 'vitest'
import { TextCounts } from './text-counts.ts'

/** Two entries: the first in English and Russian, the second in Russian; each with a text that is no language. */
const counts = new TextCounts(2, Int32Array.of(0, 0, 0, 1, 1), ['en', 'ru', undefined, 'ru', undefined])

test('an entry has as many texts as are in the language of the message', () => {
  expect([...counts.of('Why was my withdrawal rejected by the bank?')]).toEqual([2, 1])
  expect([...counts.of('почему вывод отклонён')]).toEqual([2, 2])
})

test('a message in a language that the FAQ lacks finds only texts that are in none', () => {
  expect([...counts.of('提现为什么被拒绝')]).toEqual([1, 1])
})

test('a message in whatever language is taken for the one that the FAQ has most texts in', () => {
  expect([...counts.of('2FA')]).toEqual([2, 2])
})
