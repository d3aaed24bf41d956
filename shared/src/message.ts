import type { AgentCard } from './agent-card.ts'
import type { ConversationState } from './conversation.ts'
import type { ConversationId, MessageId, MessageKey } from './ids.ts'

export type Author = { role: 'visitor' } | { role: 'bot' } | { role: 'agent'; agent: AgentCard }

/** A reviewed FAQ entry as quoted in an answer: which wording the visitor was given, and how fresh. */
export type EntryRef = { id: string; title: string; version: number; reviewed: string }

export type Body =
  | { kind: 'text'; text: string; entryId?: string }
  | Rating
  | Answer
  | { kind: 'offer'; text: string; options: EntryOption[] }
  | { kind: 'status'; now: ConversationState }

/** What a visitor says of the answer with the seq `of`: whether it helped, beside the chance of it that the bot saw. */
export type Rating = {
  kind: 'rating'
  text: string
  of: number
  entryId: string
  confidence: number
  helped: boolean
}

/** `note` is said before it, in the visitor's language, where the answer is in another one. */
export type Answer = {
  kind: 'answer'
  text: string
  entry: EntryRef
  language: string
  /** The chance that it is the right one, 0 to 1, as the bot saw it. */
  confidence: number
  note?: string
}

export type EntryOption = { entryId: string; title: string }

/** One line of a conversation. `seq` is 1, 2, 3… without gaps, assigned in the commit (G3). */
export type Message = {
  id: MessageId
  conversationId: ConversationId
  seq: number
  sentAt: number
  author: Author
  body: Body
  /** Present on what people wrote, so that their own tabs can match it with what they still show as sending. */
  key?: MessageKey
}

/** Longest text of one message, in code points. */
export const TEXT_LIMIT = 4000

/** Length in code points, so that an emoji or a rare Han character counts once. */
export function textLength(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

/** The words of a message, for previews; a status has none. */
export function plainText(body: Body): string {
  return body.kind === 'status' ? '' : body.text
}

/** Whether a message is news to the visitor: words of the bot or of an agent. */
export function isForVisitor(message: Message): boolean {
  return message.author.role !== 'visitor' && message.body.kind !== 'status'
}

/** Whether a message is news to the desk: words of the visitor. */
export function isForDesk(message: Message): boolean {
  return message.author.role === 'visitor' && message.body.kind !== 'status'
}

const PREVIEW_LENGTH = 140

/** The first words of a message on one line, as lists show them; empty for a status. */
export function previewOf(message: Message): string {
  if (message.body.kind === 'status') return ''
  const line = message.body.text.replace(/\s+/g, ' ').trim()
  return Array.from(line).slice(0, PREVIEW_LENGTH).join('')
}
