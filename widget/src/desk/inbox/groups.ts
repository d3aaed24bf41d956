import type { InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import { inboxOf } from '@nightdesk/shared/view/desk-view.ts'
import { isMe } from '../people.ts'
import type { Tab } from '../place.ts'

export type Group = { name: string; rows: readonly InboxRow[] }

/** Whether the next word is the agent's: a visitor who was just taken over from the bot waits as well. */
export function waitsForDesk(row: InboxRow): boolean {
  return row.preview !== null && row.preview.by !== 'agent'
}

/** The lines of a tab, oldest first in each group; groups without lines are left out. */
export function groupsOf(tab: Tab, rows: readonly InboxRow[], code: string): Group[] {
  const { mine, queue, all, closed } = inboxOf(rows, code)
  const elsewhere = all.filter(({ state }) => state.status === 'open' && !isMe(state.agent, code))
  const groups: Record<Tab, Group[]> = {
    mine: [
      { name: 'Waiting for you', rows: mine.filter(waitsForDesk) },
      { name: 'Waiting for them', rows: mine.filter(row => !waitsForDesk(row)) },
      { name: 'Closed today', rows: closed },
    ],
    queue: [{ name: 'Waiting for a person', rows: queue }],
    all: [
      { name: 'Waiting for a person', rows: queue },
      { name: 'With you', rows: mine },
      { name: 'With others', rows: elsewhere },
      { name: 'Closed today', rows: closed },
    ],
  }
  return groups[tab].filter(group => group.rows.length > 0)
}

/**
 * The lines as they stood when they were last free to move: a line that is pointed at does not slip away
 * under the pointer. It shows its news where it is; lines that came since stand at the end of their group.
 */
export function holdOrder(
  settled: readonly Group[],
  fresh: readonly Group[],
  rows: readonly InboxRow[],
): Group[] {
  const byId = new Map(rows.map(row => [row.id, row]))
  const known = new Set(settled.flatMap(group => group.rows.map(row => row.id)))
  const names = new Set([...settled, ...fresh].map(group => group.name))
  return [...names].map(name => {
    const held = settled.find(group => group.name === name)?.rows ?? []
    const now = fresh.find(group => group.name === name)?.rows ?? []
    return {
      name,
      rows: [
        ...held.map(row => byId.get(row.id)).filter(row => row !== undefined),
        ...now.filter(row => !known.has(row.id)),
      ],
    }
  })
}
