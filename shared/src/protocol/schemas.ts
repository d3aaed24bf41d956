import * as v from 'valibot'
import type { ConversationState, HandoffReason } from '../conversation.ts'
import type { ConversationId, IdPrefix, MessageId, MessageKey } from '../ids.ts'
import { idPattern } from '../ids.ts'
import type { Author, Body, Message } from '../message.ts'
import { TEXT_LIMIT, textLength } from '../message.ts'

/** The schemas both namespaces speak in. Every object is strict: an unknown field is a refusal (Z-4). */

const id = <Id extends string>(prefix: IdPrefix) =>
  v.pipe(
    v.string(),
    v.regex(idPattern(prefix)),
    v.transform(text => text as Id),
  )

export const conversationId = id<ConversationId>('cv')
export const messageId = id<MessageId>('ms')
export const messageKey = id<MessageKey>('mk')

export const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const pageSize = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(200))

/** The C0 and C1 controls but tab and line feed: nobody types them. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu

/** Anything that leaves a mark: not white space, not a format character such as a zero width space. */
const VISIBLE = /[^\s\p{Z}\p{C}]/u

/** The words of a person: no lone surrogates, no control characters, at most TEXT_LIMIT code points. */
export const text = v.pipe(
  v.string(),
  v.check(value => value.isWellFormed(), 'INVALID_INPUT'),
  v.transform(value => value.replace(CONTROLS, '')),
  v.check(value => VISIBLE.test(value), 'TEXT_EMPTY'),
  v.check(value => value.length <= TEXT_LIMIT || textLength(value) <= TEXT_LIMIT, 'TEXT_TOO_LONG'),
)

/** A BCP 47 tag as far as we need one. */
export const locale = v.pipe(v.string(), v.maxLength(35), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/))
export const entryId = v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,64}$/))

export const agentCard = v.strictObject({ code: v.string(), name: v.string() })

const handoffReason = v.picklist([
  'asked',
  'unsure',
  'complaint',
  'urgent',
]) satisfies v.GenericSchema<HandoffReason>

export const state = v.variant('status', [
  v.strictObject({ status: v.literal('bot') }),
  v.strictObject({ status: v.literal('queued'), queuedAt: time, reason: handoffReason }),
  v.strictObject({ status: v.literal('open'), openedAt: time, agent: agentCard }),
  v.strictObject({
    status: v.literal('closed'),
    closedAt: time,
    closedBy: v.picklist(['visitor', 'agent']),
    agent: v.nullable(agentCard),
  }),
]) satisfies v.GenericSchema<ConversationState>

export const author = v.variant('role', [
  v.strictObject({ role: v.literal('visitor') }),
  v.strictObject({ role: v.literal('bot') }),
  v.strictObject({ role: v.literal('agent'), agent: agentCard }),
]) satisfies v.GenericSchema<Author>

const entryRef = v.strictObject({
  id: v.string(),
  title: v.string(),
  version: v.number(),
  reviewed: v.string(),
})

export const body = v.variant('kind', [
  v.strictObject({ kind: v.literal('text'), text: v.string(), entryId: v.exactOptional(v.string()) }),
  v.strictObject({
    kind: v.literal('rating'),
    text: v.string(),
    of: seq,
    entryId: v.string(),
    confidence: v.number(),
    helped: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal('answer'),
    text: v.string(),
    entry: entryRef,
    language: v.string(),
    confidence: v.number(),
    note: v.exactOptional(v.string()),
  }),
  v.strictObject({
    kind: v.literal('offer'),
    text: v.string(),
    options: v.array(v.strictObject({ entryId: v.string(), title: v.string() })),
  }),
  v.strictObject({ kind: v.literal('status'), now: state }),
]) satisfies v.GenericSchema<Body>

export const message = v.strictObject({
  id: messageId,
  conversationId,
  seq,
  sentAt: time,
  author,
  body,
  key: v.exactOptional(messageKey),
}) satisfies v.GenericSchema<unknown, Message>

export const place = v.strictObject({ position: v.number(), waiting: v.number() })

/** What both sides may know of a conversation; ids of people and of the site stay on the server. */
export const conversationView = v.strictObject({
  id: conversationId,
  locale: v.string(),
  startedAt: time,
  lastSeq: seq,
  readByVisitor: seq,
  readByDesk: seq,
  state,
})
export type ConversationView = v.InferOutput<typeof conversationView>

/** A run of messages without gaps, and whether there is more in the direction that was asked for. */
export const page = v.strictObject({
  conversation: conversationView,
  messages: v.array(message),
  more: v.boolean(),
})
export type Page = v.InferOutput<typeof page>

/** `after` pages forward (catching up), `before` pages backward (earlier messages). Neither: the latest. */
export const pageRequest = v.strictObject({
  conversationId,
  after: v.exactOptional(seq),
  before: v.exactOptional(seq),
  limit: v.exactOptional(pageSize),
})
export type PageRequest = v.InferOutput<typeof pageRequest>

export const accepted = v.strictObject({ id: messageId, seq, sentAt: time })
export const done = v.strictObject({ seq })
export const nothing = v.strictObject({})

/** A read mark moved. `unread` is how many messages that side has left after it. */
export const readMark = v.strictObject({
  conversationId,
  by: v.picklist(['visitor', 'desk']),
  seq,
  unread: v.number(),
})
export type ReadMark = v.InferOutput<typeof readMark>
