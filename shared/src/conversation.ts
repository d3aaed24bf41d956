import type { AgentCard } from './agent-card.ts'
import { ChatError } from './errors.ts'
import type { ConversationId, VisitorId } from './ids.ts'

/** Why a person was called. */
export type HandoffReason = 'asked' | 'unsure' | 'complaint' | 'urgent'

/** Who owns a conversation. Exactly one of: the bot, the queue, an agent, nobody any more. */
export type ConversationState =
  | { status: 'bot' }
  | { status: 'queued'; queuedAt: number; reason: HandoffReason }
  | { status: 'open'; openedAt: number; agent: AgentCard }
  /** `agent` is who served it last, if anybody did. */
  | { status: 'closed'; closedAt: number; closedBy: 'visitor' | 'agent'; agent: AgentCard | null }

export type Status = ConversationState['status']

export type Conversation = {
  id: ConversationId
  siteId: string
  visitorId: VisitorId
  /** The language in which it was started, as a BCP 47 tag. */
  locale: string
  startedAt: number
  /** The last assigned `seq`; 0 while empty. */
  lastSeq: number
  /** Grows with every change of owner; a late answer of an earlier owner is fenced off by it. */
  epoch: number
  readByVisitor: number
  readByDesk: number
} & ConversationState

export type Action =
  | { do: 'askForHuman'; reason: HandoffReason; at: number }
  | { do: 'leaveQueue' }
  | { do: 'take'; agent: AgentCard; at: number }
  | { do: 'handBack'; agent: AgentCard }
  | { do: 'close'; by: 'visitor'; at: number }
  | { do: 'close'; by: 'agent'; agent: AgentCard; at: number }

/**
 * The one place where a conversation changes its owner: `bot → queued → open → bot | closed`.
 * Answers the next state, or `undefined` where the wish is already fulfilled (a repeated press of a button
 * is not an error). Throws a ChatError where the wish is not possible.
 */
export function transition(from: ConversationState, action: Action): ConversationState | undefined {
  switch (action.do) {
    case 'askForHuman': {
      if (from.status === 'closed') throw new ChatError('CONVERSATION_CLOSED')
      if (from.status !== 'bot') return undefined
      return { status: 'queued', queuedAt: action.at, reason: action.reason }
    }
    case 'leaveQueue': {
      if (from.status === 'closed') throw new ChatError('CONVERSATION_CLOSED')
      if (from.status === 'open') throw new ChatError('NOT_WAITING')
      return from.status === 'bot' ? undefined : { status: 'bot' }
    }
    case 'take': {
      if (from.status === 'closed') throw new ChatError('CONVERSATION_CLOSED')
      if (from.status === 'bot') throw new ChatError('NOT_WAITING')
      if (from.status === 'queued') return { status: 'open', openedAt: action.at, agent: action.agent }
      if (from.agent.code !== action.agent.code) throw new ChatError('ALREADY_TAKEN')
      return undefined
    }
    case 'handBack': {
      if (from.status === 'closed') throw new ChatError('CONVERSATION_CLOSED')
      assertOwner(from, action.agent)
      return { status: 'bot' }
    }
    case 'close': {
      const isTheirs = action.by === 'visitor' || agentOf(from)?.code === action.agent.code
      if (!isTheirs) throw new ChatError('NOT_YOUR_CONVERSATION')
      if (from.status === 'closed') return undefined
      const agent = from.status === 'open' ? from.agent : null
      return { status: 'closed', closedAt: action.at, closedBy: action.by, agent }
    }
  }
}

/** Refuses an agent who does not own the conversation. */
export function assertOwner(state: ConversationState, agent: AgentCard): void {
  if (state.status !== 'open' || state.agent.code !== agent.code) throw new ChatError('NOT_YOUR_CONVERSATION')
}

/** The fields of a state alone, for storing and for telling. */
export function stateOf(conversation: ConversationState): ConversationState {
  switch (conversation.status) {
    case 'bot':
      return { status: 'bot' }
    case 'queued':
      return { status: 'queued', queuedAt: conversation.queuedAt, reason: conversation.reason }
    case 'open':
      return { status: 'open', openedAt: conversation.openedAt, agent: conversation.agent }
    case 'closed':
      return {
        status: 'closed',
        closedAt: conversation.closedAt,
        closedBy: conversation.closedBy,
        agent: conversation.agent,
      }
  }
}

/** Who owns a conversation at the desk, or owned it when it was closed. */
export function agentOf(state: ConversationState): AgentCard | null {
  return state.status === 'open' || state.status === 'closed' ? state.agent : null
}
