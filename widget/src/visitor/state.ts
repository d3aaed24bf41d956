import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { VisitorSelf } from '@nightdesk/shared/protocol/visitor.ts'
import type { VisitorView } from '@nightdesk/shared/view/visitor-view.ts'
import type { Line } from '../chat/connection.ts'
import type { Unsent } from '../chat/outbox.ts'
import type { BannerState } from './banner.ts'

/** `id: null` is a conversation whose first words are still on their way. */
export type Screen = { name: 'home' } | { name: 'chat'; id: ConversationId | null }

/** Everything that is drawn. It is replaced, never changed. */
export type ChatState = {
  view: VisitorView
  self: VisitorSelf | null
  screen: Screen
  /** Whether the panel is open, and so whether what is on screen is read. */
  shown: boolean
  typing: AgentCard | null
  line: Line
  unsent: readonly Unsent[]
  /** Whether what is unsent is kept only while this page is open. */
  memory: boolean
  /** What is typed and not sent; it survives going back and forth. */
  draft: string
  /** The header's menu. */
  menu: boolean
  banner: BannerState
}

/** What a person who was here before leaves behind: nothing. */
export const NOBODY = {
  view: { onDuty: false, conversations: [], thread: null },
  self: null,
  screen: { name: 'home' },
  typing: null,
  draft: '',
  menu: false,
} as const

export type StateHolder = ReturnType<typeof holdState>

/** Holds the state and draws it; many changes of one turn are drawn once. */
export function holdState(draw: (state: ChatState) => void) {
  let due = false
  const holder = {
    now: {
      ...NOBODY,
      shown: false,
      line: { state: 'connecting' },
      unsent: [],
      memory: false,
      banner: 'none',
    } as ChatState,
    set(patch: Partial<ChatState>): void {
      holder.now = { ...holder.now, ...patch }
      if (due) return
      due = true
      queueMicrotask(() => {
        due = false
        draw(holder.now)
      })
    },
    setView: (patch: Partial<VisitorView>) => holder.set({ view: { ...holder.now.view, ...patch } }),
    /** The conversation on screen, `null` when there is none or when it is only being made. */
    chatId: () => (holder.now.screen.name === 'chat' ? holder.now.screen.id : null),
  }
  return holder
}
