import { expect, test } from 'vitest'
import { newId } from './ids.ts'
import {
  type Author,
  type Body,
  isForDesk,
  isForVisitor,
  type Message,
  plainText,
  previewOf,
  textLength,
} from './message.ts'

const visitor: Author = { role: 'visitor' }
const bot: Author = { role: 'bot' }
const sam: Author = { role: 'agent', agent: { code: 'A11', name: 'Sam' } }

const message = (author: Author, body: Body): Message => ({
  id: newId('ms'),
  conversationId: newId('cv'),
  seq: 1,
  sentAt: 0,
  author,
  body,
})
const text = (words: string): Body => ({ kind: 'text', text: words })
const entry = { id: 'trading_fees', title: 'What are the fees?', version: 1, reviewed: '2026-10-20' }
const answer: Body = { kind: 'answer', text: '0.10 %', entry, language: 'en', confidence: 0.97 }
const offer: Body = { kind: 'offer', text: 'Is it one of these?', options: [] }
const status: Body = { kind: 'status', now: { status: 'bot' } }

test('[M5] a length is counted in code points: an emoji or a rare Han character counts once', () => {
  expect(textLength('')).toBe(0)
  expect(textLength('币')).toBe(1)
  expect(textLength('𠮷')).toBe(1)
  expect(textLength('😀😀')).toBe(2)
  // A family is four people and three joiners.
  expect(textLength('👨‍👩‍👧‍👦')).toBe(7)
})

test('words of the bot and of agents are news to the visitor, their own words and changes of owner are not', () => {
  expect(
    [text('hi'), answer, offer, status].map(body =>
      [visitor, bot, sam].map(by => isForVisitor(message(by, body))),
    ),
  ).toEqual([
    [false, true, true],
    [false, true, true],
    [false, true, true],
    [false, false, false],
  ])
})

test('words of the visitor are news to the desk, all others are not', () => {
  expect(
    [text('hi'), status].map(body => [visitor, bot, sam].map(by => isForDesk(message(by, body)))),
  ).toEqual([
    [true, false, false],
    [false, false, false],
  ])
})

test('every kind of message but a status has words', () => {
  expect([text('hi'), answer, offer, status].map(plainText)).toEqual([
    'hi',
    '0.10 %',
    'Is it one of these?',
    '',
  ])
})

test('a preview is one line of at most 140 characters and cuts none of them in two', () => {
  const words = ` two\nlines\t and ${'😀'.repeat(200)}`
  const preview = previewOf(message(sam, text(words)))
  expect(preview).toBe(`two lines and ${'😀'.repeat(126)}`)
  expect(preview.isWellFormed()).toBe(true)
  expect(previewOf(message(visitor, status))).toBe('')
})
