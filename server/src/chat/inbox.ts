import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import { agentOf } from '@nightdesk/shared/conversation.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { AgentAsks, InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import type { PageRequest } from '@nightdesk/shared/protocol/schemas.ts'
import type { AskAnswer } from '@nightdesk/shared/protocol/table.ts'
import type { Parts } from '../parts.ts'
import type { ConversationWithLast, Visitor } from '../store/store.ts'
import { readableConversation, readPage } from './read.ts'
import { redactedRow, rowOf, viewOf } from './views.ts'

const CLOSED_SHOWN_FOR = 24 * 3_600_000
const EARLIER_SHOWN = 10

/** The inbox as this agent may see it: others' open conversations without their words. */
export async function readInbox(parts: Parts, agent: AgentCard): Promise<InboxRow[]> {
  const listed = await parts.store.inbox(agent, parts.now() - CLOSED_SHOWN_FOR)
  return Promise.all(
    listed.map(async one => {
      const row = rowOf(one, await visitorOf(parts, one))
      const mayRead = one.conversation.status === 'queued' || agentOf(one.conversation)?.code === agent.code
      return mayRead ? row : redactedRow(row)
    }),
  )
}

export async function openAtDesk(
  parts: Parts,
  agent: AgentCard,
  request: PageRequest,
): Promise<AskAnswer<AgentAsks['conversation:open']>> {
  const { id, visitorId } = await readableConversation(parts, agent, request.conversationId)
  const visitor = await parts.store.visitor(visitorId)
  if (!visitor) throw new ChatError('NOT_FOUND')
  // Earlier conversations come with serving the visitor, not with glancing at the queue.
  const serves = await parts.store.serves(agent, visitorId)
  const others = serves ? await parts.store.conversationsOf(visitorId, EARLIER_SHOWN + 1) : []
  return {
    ...(await readPage(parts, request)),
    visitor: {
      name: visitor.name,
      verified: visitor.externalId !== null,
      locale: visitor.locale,
      firstSeenAt: visitor.createdAt,
    },
    earlier: others
      .map(one => one.conversation)
      .filter(one => one.id !== id)
      .slice(0, EARLIER_SHOWN)
      .map(viewOf),
  }
}

export async function visitorOf(parts: Parts, { conversation }: ConversationWithLast): Promise<Visitor> {
  const visitor = await parts.store.visitor(conversation.visitorId)
  if (!visitor) throw new ChatError('NOT_FOUND')
  return visitor
}
