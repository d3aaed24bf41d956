import { expect, test } from 'vitest'
import type { ConversationState } from '../conversation.ts'
import { newId } from '../ids.ts'
import type { Author, Body, Message } from '../message.ts'
import type { AgentTell, InboxRow } from '../protocol/agent.ts'
import { type DeskView, deskReducer, inboxOf, waitingSince } from './desk-view.ts'
import { threadFrom } from './thread.ts'

const id = newId('cv')
const visitor: Author = { role: 'visitor' }
const samCard = { code: 'A11', name: 'Sam' }
const kimCard = { code: 'A12', name: 'Kim' }
const sam: Author = { role: 'agent', agent: samCard }

const message = (seq: number, author: Author, body: Body): Message => ({
  id: newId('ms'),
  conversationId: id,
  seq,
  sentAt: seq * 10,
  author,
  body,
})
const text = (words: string): Body => ({ kind: 'text', text: words })
const hello = message(1, visitor, text('hello'))

const queuedAt = (at: number): ConversationState => ({ status: 'queued', queuedAt: at, reason: 'asked' })
const openFor = (agent: typeof samCard, at: number): ConversationState => ({
  status: 'open',
  openedAt: at,
  agent,
})
const row = (fields: Partial<InboxRow> = {}): InboxRow => ({
  id,
  locale: 'en',
  startedAt: 0,
  lastSeq: 2,
  readByVisitor: 0,
  readByDesk: 0,
  state: queuedAt(20),
  epoch: 1,
  visitor: { name: 'Ada', verified: true },
  updatedAt: 10,
  preview: { by: 'visitor', text: 'hello' },
  unread: 1,
  ...fields,
})
const waiting = message(2, visitor, { kind: 'status', now: queuedAt(20) })
const { epoch, visitor: _, updatedAt, preview, unread, ...conversation } = row()
const other = row({ id: newId('cv') })
const view: DeskView = {
  rows: [row(), other],
  thread: threadFrom({ conversation, messages: [hello, waiting], more: false }),
}
const added = (news: Message): AgentTell => ({ event: 'message:added', news })
const updated = (news: InboxRow): AgentTell => ({ event: 'inbox:updated', news })
const after = (...tells: AgentTell[]) => tells.reduce(deskReducer, view)

test('[C3] words of the visitor change preview, time and unread of their line, and stand in the thread', () => {
  const now = after(added(message(3, visitor, text('anyone\nthere?'))))
  expect(now.rows[0]).toMatchObject({
    preview: { by: 'visitor', text: 'anyone there?' },
    updatedAt: 30,
    unread: 2,
    lastSeq: 3,
    epoch: 1,
  })
  expect(now.rows[1]).toBe(other)
  expect(now.thread?.messages).toHaveLength(3)
})

test('[C3] words of the desk are not unread at the desk', () => {
  expect(after(added(message(3, sam, text('hi')))).rows[0]).toMatchObject({
    preview: { by: 'agent', text: 'hi' },
    unread: 1,
  })
})

test('[S2] a change of owner is a new epoch and leaves the preview', () => {
  const now = after(added(message(3, sam, { kind: 'status', now: openFor(samCard, 30) })))
  expect(now.rows[0]).toMatchObject({
    state: openFor(samCard, 30),
    epoch: 2,
    preview: { by: 'visitor', text: 'hello' },
    updatedAt: 10,
    unread: 1,
  })
  expect(now.thread?.conversation.state).toEqual(openFor(samCard, 30))
})

test('[C2] a message that the line knows already changes nothing', () => {
  expect(after(added(hello), added(waiting))).toEqual(view)
  const next = message(3, visitor, text('anyone?'))
  expect(after(added(next), added(next))).toEqual(after(added(next)))
})

test('[C2] a gap marks the thread behind and shows nothing out of order', () => {
  const now = after(added(message(9, visitor, text('much later'))))
  expect(now.thread).toEqual({ ...view.thread, behind: true })
})

test('a line that is new is added, one that is known is replaced where it stands', () => {
  const fresh = row({ id: newId('cv') })
  const later = row({ lastSeq: 3, unread: 2 })
  expect(after(updated(fresh), updated(later)).rows).toEqual([later, other, fresh])
})

test('[C3] of two lines of one conversation the later stands, in whichever order they come', () => {
  const taken = row({ epoch: 2, lastSeq: 3, state: openFor(samCard, 30) })
  const spoken = row({ epoch: 2, lastSeq: 4, state: openFor(samCard, 30) })
  for (const tells of [
    [taken, spoken],
    [spoken, taken],
  ]) {
    expect(after(...tells.map(updated)).rows[0]).toEqual(spoken)
  }
  // An agent who may not read is told no messages: the epoch alone says what is later.
  const secret = row({ epoch: 3, lastSeq: 0, preview: null, unread: 0 })
  expect(after(updated(secret), updated(spoken)).rows[0]).toEqual(secret)
})

test('[R2] an agent who may no longer read a conversation loses its words from the screen', () => {
  const lost = row({ epoch: 2, lastSeq: 3, state: openFor(kimCard, 30), preview: null, unread: 0 })
  const now = after(updated(lost))
  expect(now.thread).toBeNull()
  expect(now.rows[0]).toEqual(lost)
})

test('[R2] a line that is out of date, or of another conversation, takes no words from the screen', () => {
  const stale = row({ epoch: 0, preview: null })
  const elsewhere = row({ id: other.id, epoch: 5, preview: null })
  expect(after(updated(stale), updated(elsewhere)).thread).toBe(view.thread)
})

test('[R2] a conversation that left the inbox is gone, with its words if they were on screen', () => {
  const gone = (conversationId: typeof id): AgentTell => ({
    event: 'inbox:removed',
    news: { conversationId },
  })
  expect(after(gone(id))).toEqual({ rows: [other], thread: null })
  expect(after(gone(other.id))).toEqual({ rows: [row()], thread: view.thread })
})

test('[Q3] a read mark of the desk says what is left unread, one of the visitor does not', () => {
  const read = (by: 'visitor' | 'desk', seq: number): AgentTell => ({
    event: 'message:read',
    news: { conversationId: id, by, seq, unread: 0 },
  })
  expect(after(read('desk', 2)).rows[0]).toMatchObject({ readByDesk: 2, unread: 0 })
  expect(after(read('desk', 2)).thread?.conversation.readByDesk).toBe(2)
  expect(after(read('visitor', 2)).rows[0]).toMatchObject({ readByVisitor: 2, unread: 1 })
  expect(after(read('desk', 2)).rows[1]).toBe(other)
})

test('[Q3] typing leaves no trace', () => {
  expect(after({ event: 'typing:started', news: { conversationId: id, author: visitor } })).toBe(view)
})

test('[Q1] each group of the inbox is in service order, and closed ones are latest first', () => {
  const line = (state: ConversationState, startedAt = 0) => row({ id: newId('cv'), state, startedAt })
  const closed = (at: number): ConversationState => ({
    status: 'closed',
    closedAt: at,
    closedBy: 'agent',
    agent: samCard,
  })
  const [late, early] = [line(queuedAt(50), 1), line(queuedAt(40), 2)]
  const [mineLate, mineEarly] = [line(openFor(samCard, 30)), line(openFor(samCard, 20))]
  const hers = line(openFor(kimCard, 10))
  const [closedFirst, closedLast] = [line(closed(60)), line(closed(70))]
  const bot = line({ status: 'bot' }, 5)
  const rows = [late, mineLate, closedFirst, hers, bot, early, mineEarly, closedLast]
  const before = [...rows]
  const groups = inboxOf(rows, 'A11')
  expect(groups.mine).toEqual([mineEarly, mineLate])
  expect(groups.queue).toEqual([early, late])
  expect(groups.closed).toEqual([closedLast, closedFirst])
  expect(groups.all.map(waitingSince)).toEqual([5, 10, 20, 30, 40, 50, 60, 70])
  expect(rows).toEqual(before)
})
