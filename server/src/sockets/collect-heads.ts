import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Head, HeadStore } from '../store/store.ts'

const TRY_AGAIN_MS = 500

type Written = Awaited<ReturnType<HeadStore['messagesIn']>>[number]

/**
 * Fetches what other nodes have written: the busier they are, the more comes with one question. What the store
 * cannot answer now is asked for again, since nobody else will bring it.
 */
export function collectHeads(store: HeadStore, onWritten: (written: Written) => void) {
  let waiting = new Map<ConversationId, Head>()
  let isFetching = false

  async function fetch(): Promise<void> {
    isFetching = true
    while (waiting.size > 0) {
      const heads = waiting
      waiting = new Map()
      try {
        for (const written of await store.messagesIn([...heads.values()])) onWritten(written)
      } catch {
        for (const head of heads.values()) add(head)
        await new Promise(resolve => setTimeout(resolve, TRY_AGAIN_MS).unref())
      }
    }
    isFetching = false
  }

  function add(head: Head): void {
    const { first = head.first, last = head.last } = waiting.get(head.conversationId) ?? {}
    const [from, to] = [Math.min(first, head.first), Math.max(last, head.last)]
    waiting.set(head.conversationId, { ...head, first: from, last: to })
  }

  return (head: Head): void => {
    add(head)
    if (!isFetching) setImmediate(() => isFetching || void fetch())
  }
}
