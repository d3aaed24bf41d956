import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { AgentAsks } from '@nightdesk/shared/protocol/agent.ts'
import { agentAuth, agentNamespace } from '@nightdesk/shared/protocol/agent.ts'
import type { Handlers } from '@nightdesk/shared/protocol/table.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import * as v from 'valibot'
import { closeAsAgent, handBackToBot, takeConversation } from '../chat/handoff.ts'
import { openAtDesk, readInbox } from '../chat/inbox.ts'
import { markReadByAgent, showTypingOfAgent } from '../chat/presence.ts'
import { reply } from '../chat/reply.ts'
import { askLimits } from '../door/ask-limits.ts'
import { readDeskCookie } from '../identity/desk-cookie.ts'
import type { DeskSession, SignIn } from '../identity/sign-in.ts'
import type { Parts } from '../parts.ts'
import type { Agent } from '../store/store.ts'
import { closeAt } from './close-at.ts'
import type { DoorSettings } from './door.ts'
import { letIn } from './handshake.ts'
import type { AgentNamespace, AgentSocket } from './io.ts'
import { rooms } from './rooms.ts'
import { serve } from './serve.ts'

export function agentSockets(
  namespace: AgentNamespace,
  parts: Parts,
  door: DoorSettings,
  signIn: SignIn,
): void {
  letIn<AgentSocket>(namespace, door, async socket => {
    socket.data.session = await admit(socket.handshake.auth, socket.handshake.headers.cookie)
  })

  async function admit(auth: unknown, cookie: string | undefined): Promise<DeskSession> {
    const parsed = v.safeParse(agentAuth, auth)
    if (!parsed.success) throw new ChatError('INVALID_INPUT')
    if (parsed.output.protocol !== PROTOCOL_VERSION) throw new ChatError('PROTOCOL_UNSUPPORTED')
    const session = await signIn.session(readDeskCookie(cookie))
    if (!session) throw new ChatError('SESSION_INVALID')
    return session
  }

  const handlers = agentHandlers(parts)
  namespace.on('connection', socket => {
    const { agent, expiresAt, id } = socket.data.session
    void socket.join([rooms.desk, rooms.agent(agent.code), rooms.session(id)])
    closeAt(socket, expiresAt, door.now())
    socket.on('disconnect', parts.live.join(agent.code))
    serve(socket, agentNamespace.asks, handlers, {
      ...door,
      who: agent,
      waitFor: askLimits(door.counters, door.settings.agent, agent.id),
    })
  })
}

function agentHandlers(parts: Parts): Handlers<AgentAsks, Agent> {
  return {
    'session:start': async agent => ({
      agent: cardOf(agent),
      hasPassword: agent.passwordHash !== null,
      rows: await readInbox(parts, cardOf(agent)),
    }),
    'conversation:open': (agent, request) => openAtDesk(parts, cardOf(agent), request),
    'conversation:take': (agent, { conversationId }) =>
      takeConversation(parts, cardOf(agent), conversationId),
    'conversation:handBack': (agent, { conversationId }) =>
      handBackToBot(parts, cardOf(agent), conversationId),
    'conversation:close': (agent, { conversationId }) => closeAsAgent(parts, cardOf(agent), conversationId),
    'message:send': (agent, { conversationId, ...words }) =>
      reply(parts, cardOf(agent), conversationId, words),
    'message:read': async (agent, { conversationId, seq }) => {
      await markReadByAgent(parts, cardOf(agent), conversationId, seq)
      return {}
    },
    'typing:start': async (agent, { conversationId }) => {
      await showTypingOfAgent(parts, cardOf(agent), conversationId)
      return {}
    },
  }
}

/** E-mail and id of an agent stay behind; code and name are what others may know. */
function cardOf(agent: Agent): AgentCard {
  return { code: agent.code, name: agent.name }
}
