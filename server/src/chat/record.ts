import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { type Action, transition } from '@nightdesk/shared/conversation.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Author } from '@nightdesk/shared/message.ts'
import type { Parts } from '../parts.ts'
import type { Append, Appended, Visitor } from '../store/store.ts'

/** Stored first, told second: the one place where a conversation changes and the news of it goes out. */
export async function record(parts: Parts, id: ConversationId, append: Append): Promise<Appended> {
  const appended = await parts.store.append(id, parts.now(), append)
  const { conversation, added } = appended
  if (added.length > 0) parts.live.publish({ kind: 'changed', conversation, added })
  return appended
}

/** Records a change of owner, with the status message that tells everybody. Answers the last seq. */
export async function recordTransition(
  parts: Parts,
  id: ConversationId,
  author: Author,
  action: Action,
  guard?: Append['guard'],
): Promise<{ seq: number }> {
  const { conversation } = await record(parts, id, {
    ...(guard ? { guard } : {}),
    decide: current => {
      const state = transition(current, action)
      if (!state) return { drafts: [] }
      return { state, drafts: [{ author, body: { kind: 'status', now: state } }] }
    },
  })
  return { seq: conversation.lastSeq }
}

/** Somebody else's conversation is answered exactly like one that does not exist. */
export function ownedBy(who: Visitor): (conversation: Conversation) => void {
  return conversation => {
    if (conversation.visitorId !== who.id) throw new ChatError('NOT_FOUND')
  }
}

/** A visitor's own conversation. */
export async function ownConversation(parts: Parts, who: Visitor, id: ConversationId): Promise<Conversation> {
  const conversation = await parts.store.conversation(id)
  if (!conversation) throw new ChatError('NOT_FOUND')
  ownedBy(who)(conversation)
  return conversation
}
