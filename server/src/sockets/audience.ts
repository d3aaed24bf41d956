import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { agentOf } from '@nightdesk/shared/conversation.ts'
import type { Address } from '../store/store.ts'
import type { AgentNamespace, VisitorNamespace } from './io.ts'
import { rooms } from './rooms.ts'

/** Who is connected to this node, and who of them may hear of a conversation. */
export function audienceOf(visitors: VisitorNamespace, agents: AgentNamespace) {
  const isThere = (namespace: VisitorNamespace | AgentNamespace, room: string) =>
    namespace.adapter.rooms.has(room)

  return {
    visitor: ({ visitorId }: Pick<Conversation, 'visitorId'>) => visitors.to(rooms.visitor(visitorId)),

    /** Who at the desk may read a conversation as it stands now. */
    desk: (conversation: Conversation) => {
      if (conversation.status === 'queued') return agents.to(rooms.desk)
      const agent = agentOf(conversation)
      return agent ? agents.to(rooms.agent(agent.code)) : undefined
    },

    /** Whether news of a conversation concerns anybody here. */
    concerns: ({ visitorId, status, agentCode }: Address): boolean =>
      isThere(visitors, rooms.visitor(visitorId)) ||
      (status === 'queued' && isThere(agents, rooms.desk)) ||
      (agentCode !== null && isThere(agents, rooms.agent(agentCode))),

    /** Whether anybody here looks at the queue or waits in one. */
    anybody: (): boolean => visitors.sockets.size > 0 || agents.sockets.size > 0,
  }
}

export type Audience = ReturnType<typeof audienceOf>
