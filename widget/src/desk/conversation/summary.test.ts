import type { ConversationId, MessageId } from '@nightdesk/shared/ids.ts'
import type { Body, Message } from '@nightdesk/shared/message.ts'
import { expect, test } from 'vitest'
import { summaryOf } from './summary.ts'

let seq = 0
const line = (role: 'visitor' | 'bot', body: Body): Message => ({
  id: `ms_${++seq}` as MessageId,
  conversationId: 'cv_1' as ConversationId,
  seq,
  sentAt: seq * 1000,
  author: { role },
  body,
})
const says = (text: string, entryId?: string) =>
  line('visitor', { kind: 'text', text, ...(entryId ? { entryId } : {}) })
const answers = (id: string) =>
  line('bot', {
    kind: 'answer',
    text: 'so it is',
    entry: { id, title: `About ${id}`, version: 2, reviewed: '2026-11-01' },
    language: 'en',
    confidence: 0.9,
  })
const offers = (...ids: string[]) =>
  line('bot', { kind: 'offer', text: '?', options: ids.map(id => ({ entryId: id, title: `About ${id}` })) })
const calls = (reason: 'asked' | 'unsure' | 'urgent') =>
  line('bot', { kind: 'status', now: { status: 'queued', queuedAt: 1, reason } })
const rates = (entryId: string, helped: boolean) =>
  line('visitor', { kind: 'rating', text: 'no', of: 1, entryId, confidence: 0.9, helped })

test('the agent is told why, what was asked, what was answered and whether it helped, what was offered in vain', () => {
  const summary = summaryOf([
    says('where is  my\nmoney'),
    answers('deposit_missing'),
    rates('deposit_missing', false),
    offers('txid', 'confirmations'),
    says('About txid', 'txid'),
    answers('txid'),
    calls('unsure'),
    says('hello?'),
  ])
  expect(summary).toMatchObject({
    reason: 'unsure',
    asked: [{ text: 'where is my money' }],
    answered: [{ entry: { id: 'deposit_missing' }, verdict: 'failed' }, { entry: { id: 'txid' } }],
    offered: [{ entryId: 'confirmations' }],
  })
})

test('of many words the first and the last are shown; only the last call counts', () => {
  const summary = summaryOf([
    ...['one', 'two', 'three'].map(text => says(text)),
    calls('asked'),
    ...['four', 'five', 'six'].map(text => says(text)),
    calls('urgent'),
  ])
  expect(summary?.asked.map(({ text }) => text)).toEqual(['one', 'two', 'five', 'six'])
  expect(summary?.reason).toBe('urgent')
})

test('where nobody was called there is nothing to sum up', () => {
  expect(summaryOf([says('hello'), answers('fees')])).toBeNull()
})
