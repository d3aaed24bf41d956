import type { Conversation } from '@nightdesk/shared/conversation.ts'
import type { ConversationId, VisitorId } from '@nightdesk/shared/ids.ts'
import type { Author, Message } from '@nightdesk/shared/message.ts'
import type { Address, Head } from '../store/store.ts'

/**
 * The live plane carries news between those who are connected now, on this node and on others. It holds no
 * truth: whatever it loses, nodes find by looking into the store, and clients fetch by seq.
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
  | Ending
  | { kind: 'adopted'; from: VisitorId; to: VisitorId; conversationIds: ConversationId[] }

/** Connections that have to go, wherever they are. */
export type Ending =
  /** A desk session has ended. */
  | { kind: 'signed-out'; session: string }
  /** Identities of a customer that were signed before `at` are worth nothing. */
  | { kind: 'logged-out'; visitorId: VisitorId; at: number }

/**
 * What another node tells: where to look, not what is there. The words themselves come from the store, so that
 * nobody who can write into the live plane can put words into anybody's mouth.
 */
export type Elsewhere =
  | { kind: 'head'; head: Head }
  | { kind: 'marked'; to: Address; by: 'visitor' | 'desk'; seq: number; unread: number }
  | { kind: 'typed'; to: Address; role: 'visitor' | 'agent' }
  | Extract<News, { kind: 'signed-out' | 'logged-out' | 'adopted' }>

export interface Live {
  publish(news: News): void
  /** Takes in what happened elsewhere, however this node learnt of it. */
  hear(news: Elsewhere): void
  /** Answers the function that ends the subscription. */
  subscribe(listener: (news: News | Elsewhere) => void): () => void
  /** Counts an agent's connection as present until the answered function is called. */
  join(agentCode: string): () => void
  /** How many different agents are present, on all nodes. */
  onDuty(): number
  /** Called when the answer of `onDuty()` may have changed. */
  watchDuty(listener: () => void): () => void
  close(): Promise<void>
}
