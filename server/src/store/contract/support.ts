import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import { type ConversationState, transition } from '@nightdesk/shared/conversation.ts'
import type { ErrorCode } from '@nightdesk/shared/errors.ts'
import { type ConversationId, type MessageKey, newId, type VisitorId } from '@nightdesk/shared/ids.ts'
import type { Author, Message } from '@nightdesk/shared/message.ts'
import { expect } from 'vitest'
import type { Decision, Store } from '../store.ts'

/** What the parts of the contract are told with. */

/** A store of its own for a test, and how to close and open it again. */
export type NewStore = () => Promise<{ store: Store; reopen: () => Promise<Store> }>

/** Ada, anonymous, in a store of her own. */
export async function withAda(newStore: NewStore) {
  const { store, reopen } = await newStore()
  const ada = await newVisitor(store)
  return { store, reopen, ada }
}

export const SITE = 'st_demo'
export const NOW = 1000
export const visitor: Author = { role: 'visitor' }
export const sam: AgentCard = { code: 'A11', name: 'Sam' }
export const kim: AgentCard = { code: 'A12', name: 'Kim' }
export const bySam: Author = { role: 'agent', agent: sam }

export const text = (words: string) => ({ kind: 'text', text: words }) as const
export const queue = (at: number) => ({ do: 'askForHuman', reason: 'asked', at }) as const
export const queued = (at: number, reason: 'asked' | 'unsure' = 'asked'): ConversationState => ({
  status: 'queued',
  queuedAt: at,
  reason,
})
export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

let browsers = 0

export async function newVisitor(store: Store): Promise<VisitorId> {
  const tokenHash = `hash of browser ${browsers++}`
  return (await store.newAnonymousVisitor({ siteId: SITE, locale: 'en', tokenHash, at: 1 })).id
}

export function start(
  store: Store,
  visitorId: VisitorId,
  words: string,
  { key = newId('mk'), at = NOW, siteId = SITE }: { key?: MessageKey; at?: number; siteId?: string } = {},
) {
  const draft = { author: visitor, body: text(words), key }
  return store.start({ siteId, visitorId, locale: 'en', draft, at })
}

export function say(
  store: Store,
  id: ConversationId,
  words: string,
  { key = newId('mk'), by = visitor, at = NOW }: { key?: MessageKey; by?: Author; at?: number } = {},
) {
  const draft = { author: by, body: text(words), key }
  return store.append(id, at, { decide: () => ({ drafts: [draft] }), keyed: draft })
}

/** Changes the owner as the heart does: by `transition()`, with a message that tells of it. */
export function act(store: Store, id: ConversationId, action: Parameters<typeof transition>[1]) {
  return store.append(id, NOW, {
    decide: (conversation): Decision => {
      const state = transition(conversation, action)
      if (!state) return { drafts: [] }
      return { state, drafts: [{ author: { role: 'bot' }, body: { kind: 'status', now: state } }] }
    },
  })
}

export async function messagesOf(store: Store, id: ConversationId): Promise<Message[]> {
  return (await store.page(id, 'latest', 1000))?.messages ?? []
}

export const wordsIn = ({ body }: Message) => (body.kind === 'status' ? `<${body.now.status}>` : body.text)

export async function wordsOf(store: Store, id: ConversationId): Promise<string[]> {
  return (await messagesOf(store, id)).map(wordsIn)
}

export async function refused(code: ErrorCode, promise: Promise<unknown>): Promise<void> {
  await expect(promise).rejects.toMatchObject({ name: 'ChatError', code })
}
