import type { Refusal } from '@nightdesk/shared/errors.ts'
import type { ConversationId, MessageKey } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
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
  send(words: Pick<Unsent, 'conversationId' | 'text' | 'entryId'>): Unsent
  /** Tries what waits; called on every connection. */
  flush(): void
  /** Takes an item away: it was refused and the person let it go, or it is in the thread now. */
  remove(key: MessageKey): void
}

const LATE_AFTER_MS = 10_000
const TRY_AGAIN_MS = 2000

/**
 * Keeps what people wrote until the server has accepted it, and sends it in the order in which it was
 * written, one at a time (G3). A key is made once, so that a retry can never be a second message (G2).
 *
 * @param deliver sends one item; rejects with an AskError. For an item without a conversation it answers the
 *   conversation that was made, and later items follow it there.
 * @param onChange told of the items after every change
 */
export function createOutbox(
  deliver: (item: Unsent) => Promise<ConversationId>,
  onChange: (items: readonly Unsent[]) => void,
): Outbox {
  let items: readonly Unsent[] = []
  let busy = false
  let heldUntil = 0
  let again: ReturnType<typeof setTimeout> | undefined

  const set = (next: readonly Unsent[]) => {
    items = next
    onChange(items)
  }
  const change = (key: MessageKey, with_: Partial<Unsent>) => {
    set(items.map(item => (item.key === key ? { ...item, ...with_ } : item)))
  }
  const waits = (item: Unsent) => item.state.name === 'sending' || item.state.name === 'late'

  async function flush(): Promise<void> {
    if (busy) return
    clearTimeout(again)
    const held = heldUntil - Date.now()
    if (held > 0) {
      again = setTimeout(() => void flush(), held)
      return
    }
    busy = true
    for (let next = items.find(waits); next; next = items.find(waits)) {
      try {
        const conversationId = await deliver(next)
        const first = next.conversationId === null
        change(next.key, { conversationId, state: { name: 'accepted' } })
        if (first) {
          set(items.map(item => (item.conversationId === null ? { ...item, conversationId } : item)))
        }
      } catch (error) {
        const refusal = error instanceof AskError ? error.refusal : NO_ANSWER
        if (refusal.retry === 'never') {
          change(next.key, { state: { name: 'refused', refusal } })
          continue
        }
        // Who was told how long to wait waits, whatever is written meanwhile.
        heldUntil = Date.now() + (refusal.retryAfterMs ?? 0)
        again = setTimeout(() => void flush(), refusal.retryAfterMs ?? TRY_AGAIN_MS)
        break
      }
    }
    busy = false
  }

  return {
    send: words => {
      const item: Unsent = { ...words, key: newId('mk'), writtenAt: Date.now(), state: { name: 'sending' } }
      set([...items, item])
      setTimeout(() => {
        const now = items.find(other => other.key === item.key)
        if (now?.state.name === 'sending') change(item.key, { state: { name: 'late' } })
      }, LATE_AFTER_MS)
      void flush()
      return item
    },
    flush: () => void flush(),
    remove: key => {
      if (items.some(item => item.key === key)) set(items.filter(item => item.key !== key))
    },
  }
}
