import { agentOf } from '@nightdesk/shared/conversation.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import { momentOf, now, roughly, stopwatch } from '../clock.ts'
import { Isolated } from '../conversation/Isolated.tsx'
import { isMe, languageTag, nameOf } from '../people.ts'
import { scriptOf } from '../script.ts'
import { waitsForDesk } from './groups.ts'

type Props = { row: InboxRow; code: string; current: boolean; onSelect: (id: ConversationId) => void }

export function Row({ row, code, current, onSelect }: Props) {
  const closed = row.state.status === 'closed'
  const waits = !closed && waitsForDesk(row)
  // What was said last before the end stays unread for ever; there is nothing left to do about it.
  const unread = closed ? 0 : row.unread
  return (
    <li>
      <button
        type="button"
        class={`item${unread > 0 ? ' unread' : ''}`}
        data-id={row.id}
        aria-current={current ? 'true' : undefined}
        onClick={() => onSelect(row.id)}
      >
        <span class={`st${waits ? '' : ' o'}`}>
          <span class="sr">{waits ? 'Waits for you: ' : ''}</span>
        </span>
        <span class="nm cut">
          <bdi>{nameOf(row.visitor, row.id)}</bdi>
        </span>
        <Timer row={row} waits={waits} />
        <Words row={row} code={code} />
        {unread > 0 && (
          <span class="count">
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <span class="sr">{unread} unread</span>
          </span>
        )}
        <span class="meta">
          <span lang="en">{languageTag(row.locale)}</span>
          {!row.visitor.verified && <span>Not signed in</span>}
          {row.state.status === 'queued' && row.state.reason === 'urgent' && <span class="risk">Urgent</span>}
          {row.state.status === 'queued' && row.state.reason === 'complaint' && <span>Complaint</span>}
        </span>
      </button>
    </li>
  )
}

/** To the second where somebody waits for an agent; what nobody hurries for is told roughly. */
function Timer({ row, waits }: { row: InboxRow; waits: boolean }) {
  const { state } = row
  if (state.status === 'closed') return <span class="tm num">{momentOf(state.closedAt)}</span>
  if (state.status === 'queued') return <span class="tm num">{stopwatch(now.value - state.queuedAt)}</span>
  if (waits) return <span class="tm num">{stopwatch(now.value - row.updatedAt)}</span>
  const since = state.status === 'open' && row.preview === null ? state.openedAt : row.updatedAt
  return <span class="tm num">{roughly(now.value - since)}</span>
}

/** The last words on one line. What the server leaves out is not here to be hidden. */
function Words({ row, code }: { row: InboxRow; code: string }) {
  const { preview, state } = row
  const agent = agentOf(state)
  if (!preview) {
    return (
      <span class="sn cut">
        With <bdi>{agent?.name ?? 'a colleague'}</bdi>
      </span>
    )
  }
  const lang = scriptOf(preview.text, row.locale)
  if (preview.by === 'visitor') {
    return (
      <span class="sn cut" dir="auto" lang={lang}>
        <Isolated text={preview.text} />
      </span>
    )
  }
  return (
    <span class="sn cut">
      {isMe(agent, code) ? 'You' : 'Agent'}:{' '}
      <bdi lang={lang}>
        <Isolated text={preview.text} />
      </bdi>
    </span>
  )
}
