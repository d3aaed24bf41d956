import type { Conversation } from '@nightdesk/shared/conversation.ts'
import type { ConversationId, VisitorId } from '@nightdesk/shared/ids.ts'
import type { Author, Message } from '@nightdesk/shared/message.ts'

/**
 * The live plane carries news between those who are connected now. It holds no truth: whatever it loses,
 * clients fetch from the store by seq.
 */
export type News =
  | { kind: 'started'; conversation: Conversation; added: Message[] }
  | { kind: 'changed'; conversation: Conversation; added: Message[] }
  | {
      kind: 'read'
      conversation: Conversation
      by: 'visitor' | 'desk'
      seq: number
      unread: number
    }
  | { kind: 'typing'; conversation: Conversation; author: Author }
  /** A desk session has ended; whoever is connected with it goes. */
  | { kind: 'signed-out'; session: string }
  | { kind: 'adopted'; from: VisitorId; to: VisitorId; conversationIds: ConversationId[] }

export interface Live {
  publish(news: News): void
  /** Answers the function that ends the subscription. */
  subscribe(listener: (news: News) => void): () => void
  /** Counts an agent's connection as present until the answered function is called. */
  join(agentCode: string): () => void
  /** How many different agents are present. */
  onDuty(): number
  /** Called when the answer of `onDuty() > 0` may have changed. */
  watchDuty(listener: () => void): () => void
}
