import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Parts } from '../parts.ts'
import type { Visitor } from '../store/store.ts'
import { ownedBy, recordTransition } from './record.ts'

type Done = Promise<{ seq: number }>

export function askForHuman(parts: Parts, who: Visitor, id: ConversationId): Done {
  const action = { do: 'askForHuman', reason: 'asked', at: parts.now() } as const
  return recordTransition(parts, id, { role: 'visitor' }, action, ownedBy(who))
}

export function leaveQueue(parts: Parts, who: Visitor, id: ConversationId): Done {
  return recordTransition(parts, id, { role: 'visitor' }, { do: 'leaveQueue' }, ownedBy(who))
}

export function closeAsVisitor(parts: Parts, who: Visitor, id: ConversationId): Done {
  const action = { do: 'close', by: 'visitor', at: parts.now() } as const
  return recordTransition(parts, id, { role: 'visitor' }, action, ownedBy(who))
}

export function takeConversation(parts: Parts, agent: AgentCard, id: ConversationId): Done {
  return recordTransition(parts, id, { role: 'agent', agent }, { do: 'take', agent, at: parts.now() })
}

export function handBackToBot(parts: Parts, agent: AgentCard, id: ConversationId): Done {
  return recordTransition(parts, id, { role: 'agent', agent }, { do: 'handBack', agent })
}

export function closeAsAgent(parts: Parts, agent: AgentCard, id: ConversationId): Done {
  const action = { do: 'close', by: 'agent', agent, at: parts.now() } as const
  return recordTransition(parts, id, { role: 'agent', agent }, action)
}
