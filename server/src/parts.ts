import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { BotEngine } from './bot/engine.ts'
import type { Limits } from './door/limits.ts'
import type { Live } from './live/live.ts'
import type { Store } from './store/store.ts'

/** The ports of the heart. Everything is passed, nothing is looked up. */
export type Parts = {
  store: Store
  live: Live
  /** How often somebody may do something, on all nodes together. */
  limits: Limits
  /** The FAQ bot of a site. */
  bot: (siteId: string) => BotEngine
  /** Told of failures that nobody waits for; a bot's turn has no caller to answer. */
  onError: (error: unknown, conversationId?: ConversationId) => void
  /** Epoch milliseconds. */
  now: () => number
}
