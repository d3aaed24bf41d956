import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { agentOf } from '@nightdesk/shared/conversation.ts'
import type { ConversationId, VisitorId } from '@nightdesk/shared/ids.ts'
import * as v from 'valibot'
import type { Address } from '../store/store.ts'
import type { Elsewhere, News } from './live.ts'

/** What nodes say to each other. Any other shape than these is not ours and is dropped. */

const id = v.pipe(v.string(), v.maxLength(64))
const conversationId = v.custom<ConversationId>(value => typeof value === 'string' && value.startsWith('cv_'))
const visitorId = v.custom<VisitorId>(value => typeof value === 'string' && value.startsWith('vi_'))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const side = v.picklist(['visitor', 'desk'])

const address = {
  conversationId,
  visitorId,
  status: v.picklist(['bot', 'queued', 'open', 'closed']),
  agentCode: v.nullable(id),
}

const elsewhere = v.variant('kind', [
  v.object({
    kind: v.literal('head'),
    head: v.object({ ...address, first: count, last: count, movesOwner: v.boolean() }),
  }),
  v.object({ kind: v.literal('marked'), to: v.object(address), by: side, seq: count, unread: count }),
  v.object({ kind: v.literal('typed'), to: v.object(address), role: v.picklist(['visitor', 'agent']) }),
  v.object({ kind: v.literal('signed-out'), session: id }),
  v.object({ kind: v.literal('logged-out'), visitorId, at: count }),
  v.object({
    kind: v.literal('adopted'),
    from: visitorId,
    to: visitorId,
    conversationIds: v.array(conversationId),
  }),
])

/** All that a node has to say at once, and who of the agents is with it where that is news. */
const packet = v.object({
  node: id,
  news: v.array(elsewhere),
  duty: v.optional(v.array(id)),
  /** A node that has just come asks the others who is with them. */
  asks: v.optional(v.boolean()),
  /** A node that goes down in good order. */
  leaves: v.optional(v.boolean()),
})
export type Packet = v.InferOutput<typeof packet>

export function readPacket(text: string): Packet | undefined {
  try {
    const parsed = v.safeParse(packet, JSON.parse(text))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

/** The same news as another node needs to hear it. */
export function abroad(news: News): Elsewhere {
  switch (news.kind) {
    case 'started':
    case 'changed': {
      const { conversation, added } = news
      const first = added[0]?.seq ?? conversation.lastSeq
      const last = added.at(-1)?.seq ?? conversation.lastSeq
      const movesOwner = added.some(({ body }) => body.kind === 'status')
      return { kind: 'head', head: { ...addressOf(conversation), first, last, movesOwner } }
    }
    case 'read': {
      const { conversation, by, seq, unread } = news
      return { kind: 'marked', to: addressOf(conversation), by, seq, unread }
    }
    case 'typing': {
      const role = news.author.role === 'visitor' ? 'visitor' : 'agent'
      return { kind: 'typed', to: addressOf(news.conversation), role }
    }
    default:
      return news
  }
}

function addressOf(conversation: Conversation): Address {
  const { id: conversationId, visitorId, status } = conversation
  return { conversationId, visitorId, status, agentCode: agentOf(conversation)?.code ?? null }
}
