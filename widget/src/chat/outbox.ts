import type { Refusal } from '@nightdesk/shared/errors.ts'
import type { ConversationId, MessageKey } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { type ReadonlySignal, signal } from '@preact/signals-core'
import { AskError, NO_ANSWER } from './connection.ts'

/** Something written here that the server has not accepted, or that has not come back in the thread yet. */
export type Unsent = {
  key: MessageKey
  /** `null`: these are the first words of a conversation that does not exist yet. */
  conversationId: ConversationId | null
  text: string
  entryId?: string
  writtenAt: number
  state: { name: 'sending' } | { name: 'late' } | { name: 'accepted' } | { name: 'refused'; refusal: Refusal }
}

export type Outbox = {
  items: ReadonlySignal<readonly Unsent[]>
  send(words: Pick<Unsent, 'conversationId' | 'text' | 'entryId'>): Unsent
  /** Tries what waits; called on every connection. */
  flush(): void
  /** Takes an item away: it was refused and the person let it go, or it is in the thread now. */
  remove(key: MessageKey): void
}

const LATE_AFTER_MS = 10_000

/**
 * Keeps what people wrote until the server has accepted it, and sends it in the order in which it was
 * written, one at a time (G3). A key is made once, so that a retry can never be a second message (G2).
 *
 * @param deliver sends one item; rejects with an AskError. For an item without a conversation it answers the
 *   conversation that was made, and later items follow it there.
 */
export function createOutbox(deliver: (item: Unsent) => Promise<ConversationId>): Outbox {
  const items = signal<readonly Unsent[]>([])
  let busy = false
  let again: ReturnType<typeof setTimeout> | undefined

  const change = (key: MessageKey, with_: Partial<Unsent>) => {
    items.value = items.value.map(item => (item.key === key ? { ...item, ...with_ } : item))
  }
  const waits = (item: Unsent) => item.state.name === 'sending' || item.state.name === 'late'

  async function flush(): Promise<void> {
    if (busy) return
    busy = true
    clearTimeout(again)
    for (let next = items.value.find(waits); next; next = items.value.find(waits)) {
      try {
        const conversationId = await deliver(next)
        const first = next.conversationId === null
        change(next.key, { conversationId, state: { name: 'accepted' } })
        if (first) {
          items.value = items.value.map(item =>
            item.conversationId === null ? { ...item, conversationId } : item,
          )
        }
      } catch (error) {
        const refusal = error instanceof AskError ? error.refusal : NO_ANSWER
        if (refusal.retry === 'never') {
          change(next.key, { state: { name: 'refused', refusal } })
          continue
        }
        again = setTimeout(() => void flush(), refusal.retryAfterMs ?? 2000)
        break
      }
    }
    busy = false
  }

  return {
    items,
    send: words => {
      const item: Unsent = { ...words, key: newId('mk'), writtenAt: Date.now(), state: { name: 'sending' } }
      items.value = [...items.value, item]
      setTimeout(() => {
        const now = items.value.find(other => other.key === item.key)
        if (now?.state.name === 'sending') change(item.key, { state: { name: 'late' } })
      }, LATE_AFTER_MS)
      void flush()
      return item
    },
    flush: () => void flush(),
    remove: key => {
      items.value = items.value.filter(item => item.key !== key)
    },
  }
}
