import type { Conversation, ConversationState } from '@nightdesk/shared/conversation.ts'
import type { AgentId, ConversationId, MessageId, MessageKey, VisitorId } from '@nightdesk/shared/ids.ts'
import type { Author, Body, Message } from '@nightdesk/shared/message.ts'
import type { Agent, Visitor } from '../store.ts'
import type { Row } from './sql.ts'

/** Rows become values here and nowhere else. The store wrote them, so they are believed. */

export function toConversation(row: Row): Conversation {
  return {
    id: row.id as ConversationId,
    siteId: row.site_id as string,
    visitorId: row.visitor_id as VisitorId,
    locale: row.locale as string,
    startedAt: row.started_at as number,
    lastSeq: row.last_seq as number,
    epoch: row.epoch as number,
    readByVisitor: row.read_by_visitor as number,
    readByDesk: row.read_by_desk as number,
    ...(JSON.parse(row.state as string) as ConversationState),
  }
}

/** @param prefix of the columns, where a row holds more than a message */
export function toMessage(row: Row, prefix = ''): Message {
  const of = (column: string) => row[prefix + column]
  const key = of('key')
  return {
    id: of('id') as MessageId,
    conversationId: of('conversation_id') as ConversationId,
    seq: of('seq') as number,
    sentAt: of('sent_at') as number,
    author: JSON.parse(of('author') as string) as Author,
    body: JSON.parse(of('body') as string) as Body,
    ...(key === null ? {} : { key: key as MessageKey }),
  }
}

export function toVisitor(row: Row): Visitor {
  return {
    id: row.id as VisitorId,
    siteId: row.site_id as string,
    externalId: row.external_id as string | null,
    name: row.name as string | null,
    locale: row.locale as string,
    createdAt: row.created_at as number,
    loggedOutAt: row.logged_out_at as number,
  }
}

export function toAgent(row: Row): Agent {
  return {
    id: row.id as AgentId,
    code: `A${row.number}`,
    name: row.name as string,
    email: row.email as string,
    passwordHash: row.password_hash as string | null,
    active: row.active === 1,
  }
}

/** The moment since which a state holds, for ordering in an index. */
export function sinceOf(state: ConversationState, startedAt: number): number {
  switch (state.status) {
    case 'bot':
      return startedAt
    case 'queued':
      return state.queuedAt
    case 'open':
      return state.openedAt
    case 'closed':
      return state.closedAt
  }
}
