import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import { expect, test } from 'vitest'
import type { News } from './live.ts'
import { abroad, readPacket } from './wire.ts'

const sam = { code: 'A11', name: 'Sam' }
const base = {
  id: newId('cv'),
  siteId: 'st_demo',
  visitorId: newId('vi'),
  locale: 'en',
  startedAt: 0,
  lastSeq: 7,
  epoch: 2,
  readByVisitor: 0,
  readByDesk: 0,
}
const open: Conversation = { ...base, status: 'open', openedAt: 5, agent: sam }
const message = (seq: number, body: Message['body']): Message => ({
  id: newId('ms'),
  conversationId: base.id,
  seq,
  sentAt: 1,
  author: { role: 'visitor' },
  body,
})
const SECRET = 'my seed phrase is'
const NEWS: News[] = [
  {
    kind: 'started',
    conversation: { ...base, status: 'bot' },
    added: [message(1, { kind: 'text', text: SECRET })],
  },
  {
    kind: 'changed',
    conversation: open,
    added: [
      message(6, { kind: 'text', text: SECRET }),
      message(7, { kind: 'status', now: { status: 'bot' } }),
    ],
  },
  { kind: 'read', conversation: open, by: 'desk', seq: 7, unread: 0 },
  { kind: 'typing', conversation: open, author: { role: 'agent', agent: sam } },
  { kind: 'signed-out', session: 'hash' },
  { kind: 'logged-out', visitorId: base.visitorId, at: 5 },
  { kind: 'adopted', from: newId('vi'), to: base.visitorId, conversationIds: [base.id] },
]

test.each(NEWS)('[C3] what a node says is what another one reads, without a word of anybody: $kind', news => {
  const said = abroad(news)
  const text = JSON.stringify({ node: 'one', news: [said] })
  expect(readPacket(text)).toEqual({ node: 'one', news: [said] })
  expect(text).not.toContain(SECRET)
  expect(text).not.toContain(sam.name)
})

test('[C3] a head says from where to where, whose it is, and whether an owner changes', () => {
  const [, changed] = NEWS
  expect(changed && abroad(changed)).toEqual({
    kind: 'head',
    head: {
      conversationId: base.id,
      visitorId: base.visitorId,
      status: 'open',
      agentCode: 'A11',
      first: 6,
      last: 7,
      movesOwner: true,
    },
  })
})

test.each([
  'not JSON',
  'null',
  '[]',
  '{"node":1,"news":[]}',
  '{"node":"one","news":[{"kind":"unknown"}]}',
  '{"node":"one","news":[{"kind":"head","head":{"conversationId":"cv_x"}}]}',
  '{"node":"one","news":[{"kind":"logged-out","visitorId":"somebody","at":1}]}',
  `{"node":"one","news":[{"kind":"marked","to":{},"by":"desk","seq":-1,"unread":0}]}`,
])('a packet that is none of ours is dropped: %s', text => {
  expect(readPacket(text)).toBeUndefined()
})
