import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { stateOf } from '@nightdesk/shared/conversation.ts'
import { previewOf } from '@nightdesk/shared/message.ts'
import type { InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import type { ConversationView } from '@nightdesk/shared/protocol/schemas.ts'
import type { ConversationSummary } from '@nightdesk/shared/protocol/visitor.ts'
import type { ConversationWithLast, Visitor } from '../store/store.ts'

/** What may leave the server. Fields are copied by name, so that a new one stays inside until it is listed. */
export function viewOf(conversation: Conversation): ConversationView {
  const { id, locale, startedAt, lastSeq, readByVisitor, readByDesk } = conversation
  return { id, locale, startedAt, lastSeq, readByVisitor, readByDesk, state: stateOf(conversation) }
}

export function summaryOf({ conversation, last, unread }: ConversationWithLast): ConversationSummary {
  return { ...viewOf(conversation), last, unread }
}

/** A line of the inbox for an agent who may read the conversation. */
export function rowOf({ conversation, last, unread }: ConversationWithLast, visitor: Visitor): InboxRow {
  return {
    ...viewOf(conversation),
    epoch: conversation.epoch,
    visitor: { name: visitor.name, verified: visitor.externalId !== null },
    updatedAt: last?.sentAt ?? conversation.startedAt,
    preview: last && last.author.role !== 'bot' ? { by: last.author.role, text: previewOf(last) } : null,
    unread,
  }
}

/** The same line for everybody else at the desk: who has it since when, and no trace of what goes on in it. */
export function redactedRow(row: InboxRow): InboxRow {
  const since = row.state.status === 'open' ? row.state.openedAt : row.startedAt
  return { ...row, lastSeq: 0, readByVisitor: 0, readByDesk: 0, updatedAt: since, preview: null, unread: 0 }
}
