import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { Refusal } from '@nightdesk/shared/errors.ts'
import type { InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import type { Thread } from '@nightdesk/shared/view/thread.ts'
import { type Customer, type Desk, mayRead } from '../desk.ts'
import { place } from '../place.ts'

/** What the middle of the desk shows. */
export type Shown =
  | { kind: 'nothing' }
  | { kind: 'fetching'; row: InboxRow | undefined }
  | { kind: 'failed'; refusal: Refusal }
  /** It went back to the assistant, or ended without having been anybody's. */
  | { kind: 'left' }
  | { kind: 'foreign'; row: InboxRow; agent: AgentCard }
  | { kind: 'thread'; thread: Thread; customer: Customer }

export function shownAt(desk: Desk): Shown {
  const { selected } = place.value
  const { rows, thread } = desk.view.value
  const customer = desk.customer.value
  const trouble = desk.trouble.value
  if (!selected) return { kind: 'nothing' }
  if (thread?.conversation.id === selected && customer) return { kind: 'thread', thread, customer }
  const row = rows.find(one => one.id === selected)
  if (row && !mayRead(row) && row.state.status === 'open')
    return { kind: 'foreign', row, agent: row.state.agent }
  if (desk.opening.value === selected) return { kind: 'fetching', row }
  if (trouble?.wish === 'open' && trouble.refusal.code !== 'NOT_FOUND') {
    return { kind: 'failed', refusal: trouble.refusal }
  }
  return row && mayRead(row) ? { kind: 'fetching', row } : { kind: 'left' }
}
