import { type MessageKey, newId } from '@nightdesk/shared/ids.ts'
import type { Author, Body, Message } from '@nightdesk/shared/message.ts'
import { expect, test } from 'vitest'
import { logItems } from './log-items.ts'

const visitor: Author = { role: 'visitor' }
const bot: Author = { role: 'bot' }
const sam: Author = { role: 'agent', agent: { code: 'A11', name: 'Sam' } }
const kim: Author = { role: 'agent', agent: { code: 'A12', name: 'Sam' } }

const conversationId = newId('cv')
const minute = 60_000
const noon = new Date(2026, 10, 23, 12).getTime()

const said = (author: Author, at: number, key?: MessageKey): Message => ({
  id: newId('ms'),
  conversationId,
  seq: 1,
  sentAt: at,
  author,
  body: { kind: 'text', text: 'words' },
  ...(key ? { key } : {}),
})
const status = (at: number): Message => {
  const body: Body = { kind: 'status', now: { status: 'bot' } }
  return { ...said(bot, at), body }
}
const unsent = (key = newId('mk')) => ({
  key,
  conversationId,
  text: 'words',
  writtenAt: noon,
  state: { name: 'sending' } as const,
})

/** Each line in short: a day, a message with its brackets, what is unsent. */
const shape = (...parameters: Parameters<typeof logItems>) =>
  logItems(...parameters).map(item => {
    if (item.kind === 'day') return 'day'
    if (item.kind === 'unsent') return item.first ? '(unsent' : 'unsent'
    return `${item.first ? '(' : ''}${item.message.author.role}${item.last ? ')' : ''}`
  })

test('an empty log has no lines', () => {
  expect(logItems([], [])).toEqual([])
})

test('messages of one sender within three minutes stand together', () => {
  expect(
    shape([said(visitor, noon), said(visitor, noon + minute), said(visitor, noon + 2 * minute)], []),
  ).toEqual(['day', '(visitor', 'visitor', 'visitor)'])
})

test('three minutes after the one before, a new group begins', () => {
  const [one, two, three] = [noon, noon + 3 * minute - 1, noon + 6 * minute - 1]
  expect(shape([said(sam, one), said(sam, two), said(sam, three)], [])).toEqual([
    'day',
    '(agent',
    'agent)',
    '(agent)',
  ])
})

test('another sender begins a new group, two agents of one name are two senders', () => {
  const messages = [said(visitor, noon), said(bot, noon), said(sam, noon), said(kim, noon), said(kim, noon)]
  expect(shape(messages, [])).toEqual(['day', '(visitor)', '(bot)', '(agent)', '(agent', 'agent)'])
})

test('a change of owner stands alone and parts what is around it', () => {
  expect(shape([said(bot, noon), status(noon), status(noon), said(bot, noon)], [])).toEqual([
    'day',
    '(bot)',
    '(bot)',
    '(bot)',
    '(bot)',
  ])
})

test('midnight draws a line and parts a group', () => {
  const before = new Date(2026, 10, 23, 23, 59).getTime()
  const after = new Date(2026, 10, 24, 0, 1).getTime()
  expect(shape([said(visitor, before), said(visitor, after)], [])).toEqual([
    'day',
    '(visitor)',
    'day',
    '(visitor)',
  ])
  expect(
    logItems([said(visitor, before), said(visitor, after)], []).filter(item => item.kind === 'day'),
  ).toEqual([
    { kind: 'day', at: before },
    { kind: 'day', at: after },
  ])
})

test('the same day of another year is another day', () => {
  const [one, two] = [new Date(2025, 10, 23).getTime(), new Date(2026, 10, 23).getTime()]
  expect(shape([said(visitor, one), said(visitor, two)], []).filter(item => item === 'day')).toHaveLength(2)
})

test('what is not accepted stands at the end as one group, also in an empty log', () => {
  expect(shape([said(visitor, noon)], [unsent(), unsent()])).toEqual([
    'day',
    '(visitor)',
    '(unsent',
    'unsent',
  ])
  expect(shape([], [unsent(), unsent()])).toEqual(['(unsent', 'unsent'])
})

test('[M4] what has come back in the thread is shown once', () => {
  const key = newId('mk')
  expect(shape([said(visitor, noon, key)], [unsent(key), unsent()])).toEqual(['day', '(visitor)', '(unsent'])
})

test('[M3] messages keep their order, whatever their clocks say', () => {
  const messages = [said(visitor, noon + minute), said(bot, noon), said(sam, noon + 5 * minute)]
  const shown = logItems(messages, []).flatMap(item => (item.kind === 'message' ? [item.message] : []))
  expect(shown).toEqual(messages)
})
