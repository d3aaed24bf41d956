import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { Refusal } from '@nightdesk/shared/errors.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { AgentAsks, InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import type { AskAnswer } from '@nightdesk/shared/protocol/table.ts'
import type { DeskView } from '@nightdesk/shared/view/desk-view.ts'
import { signal } from '@preact/signals'

export type Me = AgentCard & { hasPassword: boolean }

/** Who the visitor of the conversation on screen is, and what was before. */
export type Customer = Pick<AskAnswer<AgentAsks['conversation:open']>, 'visitor' | 'earlier'>

/** A wish about the conversation on screen that was not fulfilled. */
export type Trouble = { wish: 'open' | 'earlier' | 'take' | 'handBack' | 'close'; refusal: Refusal }

/** Everything the desk holds; components read it, `live.ts` and `wishes.ts` write it. */
export type Desk = ReturnType<typeof createDesk>

export function createDesk() {
  return {
    /** Null until the server has said who is signed in. */
    me: signal<Me | null>(null),
    view: signal<DeskView>({ rows: [], thread: null }),
    customer: signal<Customer | null>(null),
    /** The conversation from which an earlier one was opened. */
    cameFrom: signal<ConversationId | null>(null),
    /** Words not sent yet. They outlive every switch of conversation and every loss of the line. */
    drafts: signal<ReadonlyMap<ConversationId, string>>(new Map()),
    /** Conversations whose visitor is writing at this moment. */
    writing: signal<ReadonlySet<ConversationId>>(new Set()),
    /** Whether what was missed is being fetched. */
    catchingUp: signal(false),
    /** The conversation that is being fetched. */
    opening: signal<ConversationId | null>(null),
    /** The wish that waits for its answer. */
    asked: signal<{ wish: Trouble['wish']; about: ConversationId | null } | null>(null),
    trouble: signal<Trouble | null>(null),
  }
}

/** Whether this agent may read a conversation; the server sends no words of the others. */
export function mayRead(row: InboxRow): boolean {
  return row.preview !== null
}

export function setDraft(desk: Desk, id: ConversationId, text: string): void {
  const drafts = new Map(desk.drafts.value)
  if (text === '') drafts.delete(id)
  else drafts.set(id, text)
  desk.drafts.value = drafts
}
