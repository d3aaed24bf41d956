import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import { assertOwner } from '@nightdesk/shared/conversation.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { ConversationId, MessageId, MessageKey } from '@nightdesk/shared/ids.ts'
import type { Parts } from '../parts.ts'
import { readableConversation } from './read.ts'
import { record } from './record.ts'

/** An agent's words to the visitor. Only the owner may speak. */
export async function reply(
  parts: Parts,
  agent: AgentCard,
  conversationId: ConversationId,
  words: { key: MessageKey; text: string },
): Promise<{ id: MessageId; seq: number; sentAt: number }> {
  const author = { role: 'agent', agent } as const
  const keyed = { author, body: { kind: 'text', text: words.text }, key: words.key } as const
  const { message } = await record(parts, conversationId, {
    decide: current => {
      if (current.status === 'closed') throw new ChatError('CONVERSATION_CLOSED')
      assertOwner(current, agent)
      return { drafts: [keyed] }
    },
    keyed,
  }).catch(async error => {
    // Who may not even read it is told nothing of it.
    await readableConversation(parts, agent, conversationId)
    throw error
  })
  if (!message) throw new Error('an accepted message was not answered by the store')
  return { id: message.id, seq: message.seq, sentAt: message.sentAt }
}
