import type { HandoffReason } from '@nightdesk/shared/conversation.ts'
import { type EntryOption, type EntryRef, type Message, previewOf } from '@nightdesk/shared/message.ts'

/** What was between the visitor and the bot before a person was called. */
export type Summary = {
  reason: HandoffReason
  /** Whether the bot called, or the visitor. */
  byBot: boolean
  calledAt: number
  /** The visitor's own words, the first ones and the last ones, each on one line. */
  asked: { seq: number; text: string }[]
  answered: { entry: EntryRef; verdict?: 'helped' | 'failed' }[]
  /** What was offered and not chosen. */
  offered: EntryOption[]
}

const FIRST = 2
const LAST = 2

/** The last call for a person, where there was one. */
export const lastCall = (messages: readonly Message[]): Message | undefined =>
  messages.findLast(({ body }) => body.kind === 'status' && body.now.status === 'queued')

/** Sums up what stands before the last call for a person; nothing where nobody was called. */
export function summaryOf(messages: readonly Message[]): Summary | null {
  const call = lastCall(messages)
  if (call?.body.kind !== 'status' || call.body.now.status !== 'queued') return null
  const before = messages.slice(0, messages.indexOf(call))
  const answered = new Map<string, Summary['answered'][number]>()
  const offered = new Map<string, EntryOption>()
  for (const { body } of before) {
    if (body.kind === 'answer') answered.set(body.entry.id, { entry: body.entry })
    if (body.kind === 'offer') for (const option of body.options) offered.set(option.entryId, option)
    const rated = body.kind === 'rating' && answered.get(body.entryId)
    if (rated) rated.verdict = body.helped ? 'helped' : 'failed'
  }
  return {
    reason: call.body.now.reason,
    byBot: call.author.role === 'bot',
    calledAt: call.sentAt,
    asked: wordsOf(before),
    answered: [...answered.values()],
    offered: [...offered.values()].filter(({ entryId }) => !answered.has(entryId)),
  }
}

/** Words written by hand; buttons stand under what they led to. */
function wordsOf(before: readonly Message[]): Summary['asked'] {
  const all = before.flatMap(message =>
    message.author.role === 'visitor' && message.body.kind === 'text' && message.body.entryId === undefined
      ? [{ seq: message.seq, text: previewOf(message) }]
      : [],
  )
  return all.length <= FIRST + LAST ? all : [...all.slice(0, FIRST), ...all.slice(-LAST)]
}
