import * as v from 'valibot'
import { proof } from './proof.ts'
import * as s from './schemas.ts'
import type { AskEvents, Tell, TellEvents } from './table.ts'
import { ask } from './table.ts'

/** What a visitor's frame shows at the handshake. A signed identity wins over an anonymous session. */
export const visitorAuth = v.strictObject({
  protocol: v.number(),
  site: v.pipe(v.string(), v.maxLength(64)),
  session: v.exactOptional(v.pipe(v.string(), v.maxLength(128))),
  identity: v.exactOptional(v.pipe(v.string(), v.maxLength(8192))),
  proof: v.exactOptional(proof),
})
export type VisitorAuth = v.InferOutput<typeof visitorAuth>

/** A conversation as a line of a list: its view, its last words (never a status), how many of ours are unread. */
export const conversationSummary = v.strictObject({
  ...s.conversationView.entries,
  last: v.nullable(s.message),
  unread: v.number(),
})
export type ConversationSummary = v.InferOutput<typeof conversationSummary>

export const visitorSelf = v.strictObject({
  /** Names this visitor to their own browser, so that it notices when somebody else is in front of it. */
  ref: v.string(),
  verified: v.boolean(),
  name: v.exactOptional(v.string()),
  /** The anti-phishing phrase from the signed identity; shown inside the frame only. */
  phrase: v.exactOptional(v.string()),
})
export type VisitorSelf = v.InferOutput<typeof visitorSelf>

export const visitorNamespace = {
  asks: {
    'session:start': ask(
      s.nothing,
      v.strictObject({
        visitor: visitorSelf,
        /** A new anonymous session to keep; absent for a verified visitor, who brings proof each time. */
        session: v.exactOptional(v.string()),
        onDuty: v.boolean(),
        conversations: v.array(conversationSummary),
      }),
    ),
    'conversation:start': ask(
      v.strictObject({
        key: s.messageKey,
        text: s.text,
        locale: s.locale,
        entryId: v.exactOptional(s.entryId),
        proof: v.exactOptional(proof),
      }),
      s.page,
    ),
    'conversation:open': ask(
      s.pageRequest,
      v.strictObject({ ...s.page.entries, place: v.nullable(s.place) }),
    ),
    'conversation:close': ask(v.strictObject({ conversationId: s.conversationId }), s.done),
    'message:send': ask(
      v.strictObject({
        conversationId: s.conversationId,
        key: s.messageKey,
        text: s.text,
        entryId: v.exactOptional(s.entryId),
        /** Whether the answer with this seq helped. */
        rates: v.exactOptional(v.strictObject({ seq: s.seq, helped: v.boolean() })),
      }),
      s.accepted,
    ),
    'message:read': ask(v.strictObject({ conversationId: s.conversationId, seq: s.seq }), s.nothing),
    'human:request': ask(v.strictObject({ conversationId: s.conversationId }), s.done),
    'queue:leave': ask(v.strictObject({ conversationId: s.conversationId }), s.done),
    'typing:start': ask(v.strictObject({ conversationId: s.conversationId }), s.nothing),
  },
  tells: {
    'conversation:started': conversationSummary,
    'message:added': s.message,
    'message:read': s.readMark,
    'queue:moved': v.strictObject({ conversationId: s.conversationId, place: s.place }),
    'typing:started': v.strictObject({ conversationId: s.conversationId, author: s.author }),
    'duty:changed': v.strictObject({ onDuty: v.boolean() }),
  },
}

export type VisitorAsks = typeof visitorNamespace.asks
export type VisitorTells = typeof visitorNamespace.tells
export type VisitorAskEvents = AskEvents<VisitorAsks>
export type VisitorTellEvents = TellEvents<VisitorTells>
export type VisitorTell = Tell<VisitorTells>
