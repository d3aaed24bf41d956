import type { MessageKey } from '@nightdesk/shared/ids.ts'
import type { Unsent } from '../outbox.ts'

/** What one tab tells the others: an item as it is now, or `null` when it is gone. */
export type TabNews = { owner: string; key: MessageKey; item: Unsent | null }

export type Tabs = {
  tell(news: TabNews): void
  alone(work: () => Promise<void>): Promise<void>
}

/** Longer than an answer may take. A tab that holds the lock for so long sleeps, and keys make two senders safe. */
const WAITS_MS = 15_000
/** What the tab before sent, it told before it gave the lock back; the news may be a little behind. */
const HEARS_WITHIN_MS = 50

/** The tabs of one site in one browser: all show the same, and one at a time sends. */
export function openTabs(name: string, hear: (news: TabNews) => void): Tabs {
  const lock = `nightdesk:${name}`
  const channel = new BroadcastChannel(lock)
  channel.onmessage = ({ data }: MessageEvent<TabNews>) => hear(data)

  /** A tab that ends gives its lock back, and the next one goes on. */
  async function alone(work: () => Promise<void>): Promise<void> {
    let begun = false
    const begin = () => {
      begun = true
      return work()
    }
    try {
      await navigator.locks.request(lock, { ifAvailable: true }, async free => free && begin())
      if (begun) return
      await navigator.locks.request(lock, { signal: AbortSignal.timeout(WAITS_MS) }, async () => {
        await new Promise(heard => setTimeout(heard, HEARS_WITHIN_MS))
        await begin()
      })
    } catch {
      // No locks here, or one that is never given back.
      if (!begun) await work()
    }
  }

  return { tell: news => channel.postMessage(news), alone }
}
