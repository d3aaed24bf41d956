import * as v from 'valibot'
import * as s from './schemas.ts'
import type { AskEvents, Tell, TellEvents } from './table.ts'
import { ask } from './table.ts'

/** The desk's handshake; who the agent is, the HttpOnly cookie says. */
export const agentAuth = v.strictObject({ protocol: v.number() })

/**
 * A line of the inbox. `preview` is the last word of a person, not of the bot. It is null where this agent may not read the conversation: the server leaves
 * the words out, the desk never hides them.
 */
export const inboxRow = v.strictObject({
  ...s.conversationView.entries,
  /** How often the owner has changed; of two lines of one conversation the later one stands. */
  epoch: s.seq,
  visitor: v.strictObject({ name: v.nullable(v.string()), verified: v.boolean() }),
  updatedAt: s.time,
  preview: v.nullable(v.strictObject({ by: v.picklist(['visitor', 'agent']), text: v.string() })),
  /** Messages of the visitor that nobody at the desk has read; 0 where `preview` is null. */
  unread: v.number(),
})
export type InboxRow = v.InferOutput<typeof inboxRow>

const visitorCard = v.strictObject({
  name: v.nullable(v.string()),
  verified: v.boolean(),
  locale: v.string(),
  firstSeenAt: s.time,
})

export const agentNamespace = {
  asks: {
    'session:start': ask(
      s.nothing,
      v.strictObject({ agent: s.agentCard, hasPassword: v.boolean(), rows: v.array(inboxRow) }),
    ),
    'conversation:open': ask(
      s.pageRequest,
      v.strictObject({
        ...s.page.entries,
        visitor: visitorCard,
        /** Earlier conversations of the same visitor, latest first. */
        earlier: v.array(s.conversationView),
      }),
    ),
    'conversation:take': ask(v.strictObject({ conversationId: s.conversationId }), s.done),
    'conversation:handBack': ask(v.strictObject({ conversationId: s.conversationId }), s.done),
    'conversation:close': ask(v.strictObject({ conversationId: s.conversationId }), s.done),
    'message:send': ask(
      v.strictObject({ conversationId: s.conversationId, key: s.messageKey, text: s.text }),
      s.accepted,
    ),
    'message:read': ask(v.strictObject({ conversationId: s.conversationId, seq: s.seq }), s.nothing),
    'typing:start': ask(v.strictObject({ conversationId: s.conversationId }), s.nothing),
  },
  tells: {
    'inbox:updated': inboxRow,
    'inbox:removed': v.strictObject({ conversationId: s.conversationId }),
    'message:added': s.message,
    'message:read': s.readMark,
    'typing:started': v.strictObject({ conversationId: s.conversationId, author: s.author }),
  },
}

export type AgentAsks = typeof agentNamespace.asks
export type AgentTells = typeof agentNamespace.tells
export type AgentAskEvents = AskEvents<AgentAsks>
export type AgentTellEvents = TellEvents<AgentTells>
export type AgentTell = Tell<AgentTells>
