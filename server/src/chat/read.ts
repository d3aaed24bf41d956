import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { agentOf } from '@nightdesk/shared/conversation.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Page, PageRequest } from '@nightdesk/shared/protocol/schemas.ts'
import type { QueuePlace } from '@nightdesk/shared/queue.ts'
import type { Parts } from '../parts.ts'
import type { Range } from '../store/store.ts'
import { viewOf } from './views.ts'

const PAGE_SIZE = 100

/** A page of messages, the latest unless `after` or `before` is asked for. */
export async function readPage(parts: Parts, request: PageRequest): Promise<Page> {
  const page = await parts.store.page(request.conversationId, rangeOf(request), request.limit ?? PAGE_SIZE)
  if (!page) throw new ChatError('NOT_FOUND')
  return { ...page, conversation: viewOf(page.conversation) }
}

function rangeOf({ after, before }: PageRequest): Range {
  if (after !== undefined) return { after }
  return before === undefined ? 'latest' : { before }
}

/** Everybody who waits at a site, with their places. */
export async function readPlaces(
  parts: Parts,
  siteId: string,
): Promise<{ conversation: Conversation; place: QueuePlace }[]> {
  const waiting = await parts.store.waiting(siteId)
  return waiting.map((conversation, index) => ({
    conversation,
    place: { position: index + 1, waiting: waiting.length },
  }))
}

/** A waiting visitor's place in the queue, and nothing for everybody else. */
export async function readPlace(parts: Parts, conversation: Conversation): Promise<QueuePlace | null> {
  if (conversation.status !== 'queued') return null
  const places = await readPlaces(parts, conversation.siteId)
  return places.find(one => one.conversation.id === conversation.id)?.place ?? null
}

/**
 * What an agent may read: what waits, what is theirs, and earlier conversations of a visitor they serve now.
 * Everything else is answered exactly like a conversation that does not exist.
 */
export async function readableConversation(
  parts: Parts,
  agent: AgentCard,
  id: ConversationId,
): Promise<Conversation> {
  const conversation = await parts.store.conversation(id)
  if (!conversation) throw new ChatError('NOT_FOUND')
  if (conversation.status === 'queued' || agentOf(conversation)?.code === agent.code) return conversation
  if (await parts.store.serves(agent, conversation.visitorId)) return conversation
  throw new ChatError('NOT_FOUND')
}
