import { expect, test } from 'vitest'
import type { ConversationState } from '../conversation.ts'
import { type ConversationId, newId } from '../ids.ts'
import type { Author, Body, Message } from '../message.ts'
import type { ConversationSummary, VisitorTell } from '../protocol/visitor.ts'
import { threadFrom } from './thread.ts'
import { type VisitorView, visitorReducer } from './visitor-view.ts'

const id = newId('cv')
const other = newId('cv')
const visitor: Author = { role: 'visitor' }
const sam: Author = { role: 'agent', agent: { code: 'A11', name: 'Sam' } }
const queued: ConversationState = { status: 'queued', queuedAt: 5, reason: 'asked' }

const message = (seq: number, author: Author, body: Body, conversationId = id): Message => ({
  id: newId('ms'),
  conversationId,
  seq,
  sentAt: seq,
  author,
  body,
})
const text = (words: string): Body => ({ kind: 'text', text: words })
const hello = message(1, visitor, text('hello'))

const row = (rowId: ConversationId): ConversationSummary => ({
  id: rowId,
  locale: 'en',
  startedAt: 0,
  lastSeq: 1,
  readByVisitor: 1,
  readByDesk: 0,
  state: { status: 'bot' },
  last: hello,
  unread: 0,
})
const { last, unread, ...conversation } = row(id)
const view: VisitorView = {
  onDuty: false,
  conversations: [row(id), row(other)],
  thread: threadFrom({ conversation, messages: [hello], more: false }),
}
const added = (news: Message): VisitorTell => ({ event: 'message:added', news })
const after = (...tells: VisitorTell[]) => tells.reduce(visitorReducer, view)

test('[C3] a reply is the last of its line, counts as unread and stands in the thread', () => {
  const reply = message(2, sam, text('Hello, I have read it all.'))
  const now = after(added(reply))
  expect(now.conversations[0]).toMatchObject({ last: reply, unread: 1, lastSeq: 2 })
  expect(now.conversations[1]).toBe(view.conversations[1])
  expect(now.thread?.messages).toEqual([hello, reply])
})

test("[M4] the visitor's own words in another tab are not unread", () => {
  expect(after(added(message(2, visitor, text('anyone?')))).conversations[0]).toMatchObject({
    unread: 0,
    lastSeq: 2,
  })
})

test('[S2] a change of owner changes the state and is no last word', () => {
  const now = after(added(message(2, visitor, { kind: 'status', now: queued })))
  expect(now.conversations[0]).toMatchObject({ last: hello, unread: 0, lastSeq: 2, state: queued })
  expect(now.thread?.conversation.state).toEqual(queued)
})

test('[C2] a repeat changes nothing, a gap changes no line and marks the thread behind', () => {
  const reply = message(2, sam, text('hi'))
  const once = after(added(reply))
  expect(after(added(reply), added(reply))).toEqual(once)
  const gap = after(added(message(5, sam, text('much later'))))
  expect(gap.conversations).toEqual(view.conversations)
  expect(gap.thread).toEqual({ ...view.thread, behind: true })
})

test('a conversation that was started in another tab comes first, and only once', () => {
  const started: VisitorTell = { event: 'conversation:started', news: row(newId('cv')) }
  const now = after(started, started)
  expect(now.conversations.map(one => one.id)).toEqual([started.news.id, id, other])
})

test('[Q3] a read mark of the visitor says what is left unread, one of the desk does not', () => {
  const unreadOne = added(message(2, sam, text('hi')))
  const read = (by: 'visitor' | 'desk', seq: number, left: number): VisitorTell => ({
    event: 'message:read',
    news: { conversationId: id, by, seq, unread: left },
  })
  const byDesk = after(unreadOne, read('desk', 1, 0))
  expect(byDesk.conversations[0]).toMatchObject({ unread: 1, readByDesk: 1 })
  expect(byDesk.thread?.conversation).toMatchObject({ readByDesk: 1 })
  const byVisitor = after(unreadOne, read('visitor', 2, 0))
  expect(byVisitor.conversations[0]).toMatchObject({ unread: 0, readByVisitor: 2 })
  expect(byVisitor.thread?.conversation).toMatchObject({ readByVisitor: 2 })
  expect(byVisitor.conversations[1]).toBe(view.conversations[1])
})

test('[Q2] a place is shown while waiting and not after', () => {
  const moved = (conversationId: ConversationId, position: number): VisitorTell => ({
    event: 'queue:moved',
    news: { conversationId, place: { position, waiting: 4 } },
  })
  const waits = added(message(2, visitor, { kind: 'status', now: queued }))
  const taken = added(
    message(3, sam, {
      kind: 'status',
      now: { status: 'open', openedAt: 6, agent: { code: 'A11', name: 'Sam' } },
    }),
  )
  expect(after(waits, moved(id, 2)).thread?.place).toEqual({ position: 2, waiting: 4 })
  expect(after(waits, moved(other, 2)).thread?.place).toBeNull()
  expect(after(waits, moved(id, 2), taken).thread?.place).toBeNull()
  // A place that was told late finds nobody waiting.
  expect(after(waits, taken, moved(id, 1)).thread?.place).toBeNull()
})

test('[Q3] duty comes and goes, and typing leaves no trace', () => {
  expect(after({ event: 'duty:changed', news: { onDuty: true } }).onDuty).toBe(true)
  expect(after({ event: 'typing:started', news: { conversationId: id, author: sam } })).toBe(view)
})

test('without a thread on screen the lines follow all the same', () => {
  const now = visitorReducer({ ...view, thread: null }, added(message(2, sam, text('hi'))))
  expect(now.thread).toBeNull()
  expect(now.conversations[0]).toMatchObject({ unread: 1 })
})
