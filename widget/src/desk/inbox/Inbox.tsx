import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Tab } from '../place.ts'
import { groupsOf } from './groups.ts'
import { Row } from './Row.tsx'
import { Tabs } from './Tabs.tsx'
import { useSettled } from './use-settled.ts'

type Props = {
  tab: Tab
  rows: readonly InboxRow[]
  counts: Record<Tab, number>
  code: string
  selected: ConversationId | null
  /** What stands at the end of the head where there is no rail. */
  account: ComponentChildren
  banner: ComponentChildren
  onTab: (tab: Tab) => void
  onSelect: (id: ConversationId) => void
}

export function Inbox(props: Props) {
  const { tab, rows, counts, code, selected, onTab, onSelect } = props
  const list = useRef<HTMLDivElement>(null)
  const groups = useSettled(list, groupsOf(tab, rows, code), rows, tab)

  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [selected])

  return (
    <section class="inbox" aria-label="Inbox">
      <header class="head">
        <h2>Inbox</h2>
        {props.account}
      </header>
      {props.banner}
      <Tabs tab={tab} counts={counts} onTab={onTab} />
      <div class="scroll" id="rows" role="tabpanel" aria-labelledby={`tab-${tab}`} ref={list}>
        {counts[tab] === 0 && <Nobody tab={tab} queue={counts.queue} onTab={onTab} />}
        {groups.map(group => (
          <section key={group.name} aria-label={group.name}>
            <h3 class="group">
              {group.name} <span class="num">{group.rows.length}</span>
            </h3>
            <ul>
              {group.rows.map(row => (
                <Row key={row.id} row={row} code={code} current={row.id === selected} onSelect={onSelect} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  )
}

function Nobody({ tab, queue, onTab }: { tab: Tab; queue: number; onTab: (tab: Tab) => void }) {
  const elsewhere = tab === 'mine' && queue > 0
  return (
    <div class="none">
      <h3>{elsewhere ? 'Nothing with you' : 'Nobody is waiting'}</h3>
      <p class="mute">
        {elsewhere
          ? `${queue === 1 ? 'One conversation waits' : `${queue} conversations wait`} for a person.`
          : 'The next conversation appears here by itself.'}
      </p>
      {elsewhere && (
        <button type="button" class="btn" onClick={() => onTab('queue')}>
          Show the queue
        </button>
      )}
    </div>
  )
}
