import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { type EntryOption, previewOf } from '@nightdesk/shared/message.ts'
import type { ConversationSummary } from '@nightdesk/shared/protocol/visitor.ts'
import { Icon } from '../chat/icon.tsx'
import * as icons from '../chat/icons.ts'
import { Initials } from './Header.tsx'
import { dayAndMonth, words } from './words/words.ts'

type Props = {
  name: string | undefined
  onDuty: boolean
  conversations: readonly ConversationSummary[]
  topics: EntryOption[]
  onOpen: (id: ConversationId) => void
  onTopic: (topic: EntryOption) => void
  onPerson: () => void
}

const EARLIER_SHOWN = 5

export function Home(props: Props) {
  const w = words
  const open = props.conversations.filter(row => row.state.status !== 'closed')
  const closed = props.conversations.filter(row => row.state.status === 'closed').slice(0, EARLIER_SHOWN)
  return (
    <main class="body">
      <h2 class="hello" tabIndex={-1}>
        {w.hello(props.name)}
      </h2>
      <Conversations title={w.openConversation} rows={open} onOpen={props.onOpen} />
      <nav aria-label={w.common}>
        <p class="label">{w.common}</p>
        <ul class="list">
          {props.topics.map(topic => (
            <li key={topic.entryId}>
              <button type="button" class="row" onClick={() => props.onTopic(topic)}>
                <Icon d={icons.book} />
                <span>{topic.title}</span>
                <Icon d={icons.forward} flip />
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <button type="button" class="row list" onClick={props.onPerson}>
        <Icon d={icons.person} />
        <span>
          <b>{w.getPerson}</b>
          <small>{props.onDuty ? w.personLine : w.noOne}</small>
        </span>
        <Icon d={icons.forward} flip />
      </button>
      <Conversations title={w.earlier} rows={closed} onOpen={props.onOpen} />
    </main>
  )
}

type ListProps = { title: string; rows: ConversationSummary[]; onOpen: (id: ConversationId) => void }

function Conversations({ title, rows, onOpen }: ListProps) {
  if (rows.length === 0) return null
  return (
    <div>
      <p class="label">{title}</p>
      <ul class="list">
        {rows.map(row => (
          <li key={row.id}>
            <button type="button" class="row" onClick={() => onOpen(row.id)}>
              <Face row={row} />
              <span>
                <b>{nameOf(row)}</b>
                <small class="cut" dir="auto">
                  {(row.last && previewOf(row.last)) || dayAndMonth(row.startedAt)}
                </small>
              </span>
              {row.unread > 0 ? (
                <span class="count">
                  {row.unread > 9 ? '9+' : row.unread}
                  <span class="sr"> {words.launcherUnread(row.unread)}</span>
                </span>
              ) : (
                <Icon d={icons.forward} flip />
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Face({ row }: { row: ConversationSummary }) {
  const { state } = row
  if ((state.status === 'open' || state.status === 'closed') && state.agent)
    return <Initials name={state.agent.name} />
  return (
    <span class={`av${state.status === 'queued' ? '' : ' bot'}`}>
      <Icon d={state.status === 'queued' ? icons.person : icons.book} />
    </span>
  )
}

function nameOf({ state }: ConversationSummary): string {
  const w = words
  if (state.status === 'queued') return w.waitingTitle
  if (state.status === 'bot' || !state.agent) return w.assistant
  return `${state.agent.name} · ${w.agentLine(state.agent.code)}`
}
