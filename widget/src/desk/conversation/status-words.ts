import type { ConversationState, HandoffReason } from '@nightdesk/shared/conversation.ts'
import type { Author } from '@nightdesk/shared/message.ts'
import { isMe } from '../people.ts'

/** Why a person was called, as a reason and as the end of a sentence. */
export const whyCalled: Record<HandoffReason, string> = {
  asked: 'a person was asked for',
  unsure: 'it did not find the answer',
  complaint: 'this is a complaint',
  urgent: 'this is urgent',
}

/** A change of owner in plain words, as a line of the log. */
export function statusWords(now: ConversationState, author: Author, visitor: string, code: string): string {
  switch (now.status) {
    case 'queued':
      return now.reason === 'asked'
        ? `${visitor} asked for a person`
        : `The assistant called a person: ${whyCalled[now.reason]}`
    case 'open':
      return `${isMe(now.agent, code) ? 'You' : now.agent.name} took the conversation`
    case 'bot':
      if (author.role === 'agent') return 'Handed back to the assistant'
      return `${visitor} went back to the assistant`
    case 'closed':
      return closedWords(now, code)
  }
}

export function closedWords(state: ConversationState & { status: 'closed' }, code: string): string {
  if (state.closedBy === 'visitor') return 'Closed by the visitor'
  return isMe(state.agent, code) ? 'Closed by you' : `Closed by ${state.agent?.name ?? 'an agent'}`
}
