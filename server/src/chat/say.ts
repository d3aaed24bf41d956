import { ChatError } from '@nightdesk/shared/errors.ts'
import type { ConversationId, MessageId, MessageKey } from '@nightdesk/shared/ids.ts'
import type { Body } from '@nightdesk/shared/message.ts'
import type { Parts } from '../parts.ts'
import type { Started, Visitor } from '../store/store.ts'
import { botTurn, resumeIfUnanswered } from './bot-turn.ts'
import { ownedBy, record } from './record.ts'

/** `rates` says of the answer with that seq whether it helped; `text` says it in the visitor's language. */
export type Words = {
  key: MessageKey
  text: string
  entryId?: string
  rates?: { seq: number; helped: boolean }
}

/** A visitor's first words make the conversation. Pressing send twice makes one (G2). */
export async function startConversation(
  parts: Parts,
  who: Visitor,
  words: Omit<Words, 'rates'> & { locale: string },
): Promise<Started> {
  const started = await parts.store.start({
    siteId: who.siteId,
    visitorId: who.id,
    locale: words.locale,
    draft: { author: { role: 'visitor' }, body: bodyOf(words), key: words.key },
    at: parts.now(),
  })
  if (started.repeated) resumeIfUnanswered(parts, started.conversation, 1)
  else {
    parts.live.publish({ kind: 'started', conversation: started.conversation, added: started.added })
    const [first] = started.added
    if (first) void botTurn(parts, started.conversation, first)
  }
  return started
}

/** A visitor's next words. Answered after the commit; the bot's turn follows by itself. */
export async function say(
  parts: Parts,
  who: Visitor,
  conversationId: ConversationId,
  words: Words,
): Promise<{ id: MessageId; seq: number; sentAt: number }> {
  const body = words.rates
    ? await ratingOf(parts, who, conversationId, words.text, words.rates)
    : bodyOf(words)
  const keyed = { author: { role: 'visitor' as const }, body, key: words.key }
  const { conversation, added, message } = await record(parts, conversationId, {
    guard: ownedBy(who),
    decide: current => {
      if (current.status === 'closed') throw new ChatError('CONVERSATION_CLOSED')
      return { drafts: [keyed] }
    },
    keyed,
  })
  if (!message) throw new Error('an accepted message was not answered by the store')
  if (added.length > 0) void botTurn(parts, conversation, message)
  else resumeIfUnanswered(parts, conversation, message.seq)
  return { id: message.id, seq: message.seq, sentAt: message.sentAt }
}

/** What is rated is an answer of this conversation; what it had promised is written down with what came of it. */
async function ratingOf(
  parts: Parts,
  who: Visitor,
  id: ConversationId,
  text: string,
  { seq, helped }: NonNullable<Words['rates']>,
): Promise<Body> {
  const page = await parts.store.page(id, { after: seq - 1 }, 1)
  if (!page) throw new ChatError('NOT_FOUND')
  ownedBy(who)(page.conversation)
  const [rated] = page.messages
  if (rated?.seq !== seq || rated.body.kind !== 'answer')
    throw new ChatError('INVALID_INPUT', { field: 'rates.seq' })
  const { entry, confidence } = rated.body
  return { kind: 'rating', text, of: seq, entryId: entry.id, confidence, helped }
}

function bodyOf(words: Words): Body {
  const { text, entryId } = words
  return entryId === undefined ? { kind: 'text', text } : { kind: 'text', text, entryId }
}
