import { expect, test } from 'vitest'
import type { ConversationState } from '../conversation.ts'
import { newId } from '../ids.ts'
import type { Message } from '../message.ts'
import type { ConversationView, Page } from '../protocol/schemas.ts'
import { addEarlierPage, addLaterPage, addMessage, followRead, type Thread, threadFrom } from './thread.ts'

const id = newId('cv')
const sam = { code: 'A11', name: 'Sam' }
const queued: ConversationState = { status: 'queued', queuedAt: 1, reason: 'asked' }

const words = (seq: number, conversationId = id): Message => ({
  id: newId('ms'),
  conversationId,
  seq,
  sentAt: seq,
  author: { role: 'visitor' },
  body: { kind: 'text', text: `words ${seq}` },
})
const status = (seq: number, now: ConversationState): Message => ({
  ...words(seq),
  body: { kind: 'status', now },
})
const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => words(from + index))

const conversation = (lastSeq: number, state: ConversationState = { status: 'bot' }): ConversationView => ({
  id,
  locale: 'en',
  startedAt: 0,
  lastSeq,
  readByVisitor: 0,
  readByDesk: 0,
  state,
})
const page = (messages: Message[], lastSeq: number, more = false): Page => ({
  conversation: conversation(lastSeq),
  messages,
  more,
})
const threadOf = (from: number, to: number): Thread => threadFrom(page(run(from, to), to))
const seqs = (thread: Thread) => thread.messages.map(message => message.seq)

test('a thread begins with a page and knows whether there was something before it', () => {
  expect(threadFrom(page(run(1, 3), 3))).toMatchObject({ earlier: false, behind: false, place: null })
  expect(threadFrom(page(run(41, 43), 43)).earlier).toBe(true)
  expect(threadFrom(page([], 0)).earlier).toBe(false)
  expect(threadFrom({ ...page(run(1, 1), 1), place: { position: 2, waiting: 3 } }).place).toEqual({
    position: 2,
    waiting: 3,
  })
})

test('[M3] the next message is added at the end', () => {
  const thread = addMessage(threadOf(1, 3), words(4))
  expect(seqs(thread)).toEqual([1, 2, 3, 4])
  expect(thread.conversation.lastSeq).toBe(4)
})

test('[C2] a message that does not follow the last one marks a gap and is not shown', () => {
  const before = threadOf(1, 3)
  const thread = addMessage(before, words(5))
  expect(thread).toEqual({ ...before, behind: true })
})

test('[C2] the thread stays behind when the next message in line comes after a gap was seen', () => {
  const thread = addMessage(addMessage(threadOf(1, 3), words(6)), words(4))
  expect(seqs(thread)).toEqual([1, 2, 3, 4])
  expect(thread.behind).toBe(true)
})

test('[M4] a message that is held already changes nothing', () => {
  const thread = threadOf(1, 3)
  for (const seq of [1, 2, 3]) expect(addMessage(thread, words(seq))).toBe(thread)
})

test('a message of another conversation changes nothing', () => {
  const thread = threadOf(1, 3)
  expect(addMessage(thread, words(4, newId('cv')))).toBe(thread)
})

test('[C2] in whatever order messages come, none is shown before one that came earlier in the conversation', () => {
  // All orders of five messages.
  for (const order of orders([1, 2, 3, 4, 5])) {
    const thread = order.map(seq => words(seq)).reduce(addMessage, threadFrom(page([], 0)))
    const shown = seqs(thread)
    expect(shown).toEqual(Array.from({ length: shown.length }, (_, index) => index + 1))
    expect(thread.conversation.lastSeq).toBe(shown.length)
    if (shown.length < 5) expect(thread.behind).toBe(true)
  }
})

test('[S2] a status message carries the new owner, and a place is gone with the queue', () => {
  const waiting = { ...threadOf(1, 2), place: { position: 1, waiting: 1 } }
  const inQueue = addMessage(waiting, status(3, queued))
  expect(inQueue.conversation.state).toEqual(queued)
  expect(inQueue.place).toEqual({ position: 1, waiting: 1 })
  const served = addMessage(inQueue, status(4, { status: 'open', openedAt: 4, agent: sam }))
  expect(served.conversation.state).toEqual({ status: 'open', openedAt: 4, agent: sam })
  expect(served.place).toBeNull()
})

test('[C1] a page of later messages closes the gap, and repeats in it do no harm', () => {
  const behind = addMessage(threadOf(1, 3), words(7))
  const thread = addLaterPage(behind, page(run(2, 7), 7))
  expect(seqs(thread)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(thread.behind).toBe(false)
})

test('[C1] the thread is behind while there is more, and ends where the page ended', () => {
  const thread = addLaterPage(threadOf(1, 3), page(run(4, 6), 20, true))
  expect(seqs(thread)).toEqual([1, 2, 3, 4, 5, 6])
  expect(thread.behind).toBe(true)
  expect(thread.conversation.lastSeq).toBe(6)
})

test('[C1] the last page brings the conversation as it is now: read marks and the place too', () => {
  const last = {
    ...page([status(4, queued)], 4),
    conversation: { ...conversation(4, queued), readByDesk: 3 },
    place: { position: 2, waiting: 2 },
  }
  const thread = addLaterPage(threadOf(1, 3), last)
  expect(thread.conversation).toEqual(last.conversation)
  expect(thread.place).toEqual({ position: 2, waiting: 2 })
})

test('[C1] a page that is older than what was told since does not take it back', () => {
  const told = addMessage(threadOf(1, 3), status(4, queued))
  const thread = addLaterPage(told, page(run(2, 3), 3))
  expect(seqs(thread)).toEqual([1, 2, 3, 4])
  expect(thread.conversation).toMatchObject({ lastSeq: 4, state: queued })
})

test('[C1] a page of earlier messages goes in front, and repeats in it do no harm', () => {
  const thread = addEarlierPage(threadOf(10, 12), page(run(6, 10), 12))
  expect(seqs(thread)).toEqual([6, 7, 8, 9, 10, 11, 12])
  expect(thread.earlier).toBe(true)
  const whole = addEarlierPage(thread, page(run(1, 5), 12))
  expect(seqs(whole)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  expect(whole.earlier).toBe(false)
})

test('[C1] an earlier page that was asked for twice is added once and leaves the end alone', () => {
  const once = addEarlierPage(threadOf(10, 12), page(run(6, 9), 99))
  const twice = addEarlierPage(once, page(run(6, 9), 99))
  expect(seqs(twice)).toEqual(seqs(once))
  expect(twice.earlier).toBe(true)
  expect(twice.conversation.lastSeq).toBe(12)
})

test('[Q3] a read mark moves forward only, each side its own', () => {
  const mark = (by: 'visitor' | 'desk', seq: number) => ({ conversationId: id, by, seq, unread: 0 })
  const read = followRead(conversation(9), mark('desk', 5))
  expect(read).toMatchObject({ readByDesk: 5, readByVisitor: 0 })
  expect(followRead(read, mark('desk', 4))).toBe(read)
  expect(followRead(read, mark('visitor', 2))).toMatchObject({ readByDesk: 5, readByVisitor: 2 })
})

function orders<Item>(items: Item[]): Item[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map(rest => [item, ...rest]))
}
