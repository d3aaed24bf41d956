import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Parts } from '../parts.ts'
import type { Visitor } from '../store/store.ts'
import { readableConversation } from './read.ts'
import { ownConversation } from './record.ts'

/** Typing and read marks: best effort (G6), never in the way of a message. */

export async function markReadByVisitor(
  parts: Parts,
  who: Visitor,
  id: ConversationId,
  seq: number,
): Promise<void> {
  await ownConversation(parts, who, id)
  await moveMark(parts, id, 'visitor', seq)
}

/** Only the owner's reading counts for the desk: a colleague who glances at the queue has not dealt with it. */
export async function markReadByAgent(
  parts: Parts,
  agent: AgentCard,
  id: ConversationId,
  seq: number,
): Promise<void> {
  const conversation = await readableConversation(parts, agent, id)
  if (conversation.status !== 'open' || conversation.agent.code !== agent.code) return
  await moveMark(parts, id, 'desk', seq)
}

async function moveMark(
  parts: Parts,
  id: ConversationId,
  by: 'visitor' | 'desk',
  seq: number,
): Promise<void> {
  const { conversation, moved, ...mark } = await parts.store.markRead(id, by, seq)
  if (moved) parts.live.publish({ kind: 'read', conversation, by, ...mark })
}

export async function showTypingOfVisitor(parts: Parts, who: Visitor, id: ConversationId): Promise<void> {
  const conversation = await ownConversation(parts, who, id)
  if (conversation.status !== 'open') return
  parts.live.publish({ kind: 'typing', conversation, author: { role: 'visitor' } })
}

export async function showTypingOfAgent(parts: Parts, agent: AgentCard, id: ConversationId): Promise<void> {
  const conversation = await readableConversation(parts, agent, id)
  if (conversation.status !== 'open' || conversation.agent.code !== agent.code) return
  parts.live.publish({ kind: 'typing', conversation, author: { role: 'agent', agent } })
}
