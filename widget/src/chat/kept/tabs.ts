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

/** The tabs of one site in one browser: all show the same, and one at a time sends. */
export function openTabs(name: string, hear: (news: TabNews) => void): Tabs {
  const channel = new BroadcastChannel(`nightdesk:${name}`)
  channel.onmessage = ({ data }: MessageEvent<TabNews>) => hear(data)

  /** A tab that ends gives its lock back, and the next one goes on. */
  async function alone(work: () => Promise<void>): Promise<void> {
    let begun = false
    const once = () => {
      begun = true
      return work()
    }
    try {
      await navigator.locks.request(`nightdesk:${name}`, { signal: AbortSignal.timeout(WAITS_MS) }, once)
    } catch {
      // No locks here, or one that is never given back.
      if (!begun) await work()
    }
  }

  return { tell: news => channel.postMessage(news), alone }
}
