import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { ConversationView } from '@nightdesk/shared/protocol/schemas.ts'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../chat/icon.tsx'
import { close } from '../../chat/icons.ts'
import { dateOf, fullDate, momentOf } from '../clock.ts'
import { Proof } from '../conversation/Head.tsx'
import { closedWords } from '../conversation/status-words.ts'
import type { Customer } from '../desk.ts'
import { isMe, languageName, nameOf } from '../people.ts'

type Props = {
  customer: Customer
  conversation: ConversationView
  code: string
  /** The conversation from which an earlier one was opened: it is not an earlier one. */
  cameFrom: ConversationId | null
  drawer: boolean
  onClose: () => void
  onEarlier: (id: ConversationId) => void
}

/** What was before is for the agent who serves the visitor, for as long as they do. */
const NO_EARLIER: Record<ConversationView['state']['status'], string> = {
  queued: 'Shown once you take the conversation.',
  open: 'None.',
  closed: 'Shown while you serve this customer.',
  bot: 'Shown while you serve this customer.',
}

/** Who the visitor is, as far as it is proven. */
export function CustomerPane({ customer, conversation, code, cameFrom, drawer, onClose, onEarlier }: Props) {
  const { visitor } = customer
  const earlier = customer.earlier.filter(one => one.id !== cameFrom)
  const pane = useRef<HTMLElement>(null)
  useDrawer(pane, drawer, onClose)

  return (
    <aside
      class={`cust${drawer ? ' open' : ''}`}
      id="customer"
      aria-label="Customer"
      ref={pane}
      tabIndex={-1}
    >
      <section class="sec">
        <h3>
          Customer
          <button type="button" class="ib drawer-close" aria-label="Close" onClick={onClose}>
            <Icon d={close} />
          </button>
        </h3>
        <dl class="kv">
          <dt>Name</dt>
          <dd>
            <bdi>{nameOf(visitor, conversation.id)}</bdi>
          </dd>
          <dt>Identity</dt>
          <dd>
            <Proof verified={visitor.verified} />
          </dd>
          <dt>Language</dt>
          <dd>{languageName(visitor.locale)}</dd>
          <dt>First seen</dt>
          <dd class="num" title={fullDate(visitor.firstSeenAt)}>
            {dateOf(visitor.firstSeenAt)}
          </dd>
        </dl>
        {!visitor.verified && (
          <p class="hint">The exchange has not proven who this is. A name in the messages proves nothing.</p>
        )}
      </section>
      <section class="sec">
        <h3>
          Earlier conversations
          {earlier.length > 0 && <span class="faint num">{earlier.length}</span>}
        </h3>
        {earlier.length === 0 && <p class="mute">{NO_EARLIER[conversation.state.status]}</p>}
        <ul class="past">
          {earlier.map(one => (
            <li key={one.id}>
              <button type="button" class="link" onClick={() => onEarlier(one.id)}>
                {momentOf(one.startedAt)}
              </button>
              <span class="faint">{endOf(one, code)}</span>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  )
}

function endOf({ state }: ConversationView, code: string): string {
  switch (state.status) {
    case 'bot':
      return 'With the assistant'
    case 'queued':
      return 'Waiting for a person'
    case 'open':
      return isMe(state.agent, code) ? 'With you' : `With ${state.agent.name}`
    case 'closed':
      return closedWords(state, code)
  }
}

/** As a drawer the pane takes the focus when it opens, and gives it back when it closes. */
function useDrawer(pane: { current: HTMLElement | null }, open: boolean, onClose: () => void): void {
  useEffect(() => {
    if (!open) return
    const before = document.activeElement
    pane.current?.querySelector<HTMLElement>('.drawer-close')?.focus()
    return () => {
      if (before instanceof HTMLElement && pane.current?.contains(document.activeElement)) before.focus()
    }
  }, [open, pane])

  useEffect(() => {
    if (!open) return
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [open, onClose])
}
