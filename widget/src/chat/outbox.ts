import type { Refusal } from '@nightdesk/shared/errors.ts'
import type { ConversationId, MessageKey } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { AskError, type Line, NO_ANSWER } from './connection.ts'

/** Something written here that the server has not accepted, or that has not come back in the thread yet. */
export type Unsent = {
  key: MessageKey
  /** `null`: these are the first words of a conversation that does not exist yet. */
  conversationId: ConversationId | null
  text: string
  entryId?: string
  /** Says of the answer with that seq whether it helped. */
  rates?: { seq: number; helped: boolean }
  writtenAt: number
  state: { name: 'sending' } | { name: 'late' } | { name: 'accepted' } | { name: 'refused'; refusal: Refusal }
}

export type Outbox = {
  send(words: Pick<Unsent, 'conversationId' | 'text' | 'entryId' | 'rates'>): Unsent
  /** Tries what waits; called on every connection. */
  flush(): void
  /** Takes an item away: it was refused and the person let it go, or it is in the thread now. */
  remove(key: MessageKey): void
  /** From now on a keeper is told of every change and says when to send. */
  keepWith(keeper: Keeper): void
  /** Takes what the keeper knows besides: items from before a reload, or of another tab. */
  replace(items: readonly Unsent[]): void
}

/** Keeps the items where a reload does not reach them. Without one they live as long as the page. */
export type Keeper = {
  changed(items: readonly Unsent[]): void
  /** Does the work while no other tab of this person sends. */
  alone(work: () => Promise<void>): Promise<void>
}

const LATE_AFTER_MS = 10_000
const TRY_AGAIN_MS = 2000
const DAY_MS = 86_400_000

/** Whether words have waited for so long that they are never sent by themselves (G5). */
export const isOver = (item: Unsent): boolean => Date.now() - item.writtenAt > DAY_MS

/** Whether words may still be lost with the page; those that are accepted in a moment need no warning. */
export const isAtRisk = ({ state: { name } }: Unsent, line: Line): boolean =>
  name === 'late' || (name === 'sending' && line.state !== 'connected')

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
  // Not by the time of day: a clock that is set back would hold words for as long as it leapt.
  let heldUntil = 0
  let again: ReturnType<typeof setTimeout> | undefined
  let keeper: Keeper | undefined

  const set = (next: readonly Unsent[]) => {
    items = next
    keeper?.changed(items)
    onChange(items)
  }
  const change = (key: MessageKey, with_: Partial<Unsent>) => {
    set(items.map(item => (item.key === key ? { ...item, ...with_ } : item)))
  }
  const waits = (item: Unsent) => item.state.name === 'sending' || item.state.name === 'late'

  function flush(): void {
    if (busy || !items.some(waits)) return
    clearTimeout(again)
    const held = heldUntil - performance.now()
    if (held > 0) {
      again = setTimeout(flush, held)
      return
    }
    busy = true
    void (keeper ? keeper.alone(drain) : drain())
  }

  async function drain(): Promise<void> {
    for (let next = items.find(waits); next; next = items.find(waits)) {
      if (isOver(next)) {
        change(next.key, { state: { name: 'refused', refusal: { ...NO_ANSWER, retry: 'never' } } })
        continue
      }
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
        heldUntil = performance.now() + (refusal.retryAfterMs ?? 0)
        again = setTimeout(flush, refusal.retryAfterMs ?? TRY_AGAIN_MS)
        break
      }
    }
    busy = false
  }

  /** Words are late ten seconds after they were written, wherever that was. */
  function watch({ key, writtenAt }: Unsent): void {
    setTimeout(
      () => {
        if (items.some(item => item.key === key && item.state.name === 'sending'))
          change(key, { state: { name: 'late' } })
      },
      writtenAt + LATE_AFTER_MS - Date.now(),
    )
  }

  return {
    send: words => {
      // The order of writing is the order of sending, also when two are written in one millisecond.
      const writtenAt = Math.max(Date.now(), (items.at(-1)?.writtenAt ?? 0) + 1)
      const item: Unsent = { ...words, key: newId('mk'), writtenAt, state: { name: 'sending' } }
      set([...items, item])
      watch(item)
      flush()
      return item
    },
    flush,
    remove: key => {
      if (items.some(item => item.key === key)) set(items.filter(item => item.key !== key))
    },
    keepWith: one => {
      keeper = one
      one.changed(items)
    },
    replace: next => {
      set(next)
      next.forEach(watch)
      flush()
    },
  }
}
