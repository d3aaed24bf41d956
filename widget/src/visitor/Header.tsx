import type { ConversationState } from '@nightdesk/shared/conversation.ts'
import { Icon } from '../chat/icon.tsx'
import * as icons from '../chat/icons.ts'
import { initials } from '../chat/names.ts'
import { clockTime, words } from './words/words.ts'

export function HomeHeader({
  site,
  onDuty,
  onClose,
}: {
  site: string
  onDuty: boolean
  onClose: () => void
}) {
  const w = words
  return (
    <div class="top home">
      <span class="mark">
        <Icon d={icons.gate} />
      </span>
      <div class="who">
        <h1>{w.support(site)}</h1>
        <p>
          {onDuty && <span class="on" />}
          {onDuty ? w.onDuty : w.offDuty}
        </p>
      </div>
      <CloseButton onClose={onClose} />
    </div>
  )
}

type ChatHeaderProps = {
  state: ConversationState
  menu: boolean
  onMenu: (open: boolean) => void
  onBack: () => void
  onClose: () => void
  onPerson: () => void
  onEnd: (() => void) | undefined
}

export function ChatHeader({ state, menu, onMenu, onBack, onClose, onPerson, onEnd }: ChatHeaderProps) {
  const w = words
  const { title, line, face } = whoIsThere(state)
  return (
    <div class="top">
      <button type="button" class="ib" aria-label={w.back} onClick={onBack}>
        <Icon d={icons.back} flip />
      </button>
      {face}
      <div class="who">
        <h1>{title}</h1>
        <p>{line}</p>
      </div>
      {state.status === 'bot' && (
        <button type="button" class="btn small" onClick={onPerson}>
          {w.getPerson}
        </button>
      )}
      {state.status === 'open' && onEnd && <More open={menu} onOpen={onMenu} onEnd={onEnd} />}
      <CloseButton onClose={onClose} />
    </div>
  )
}

function whoIsThere(state: ConversationState) {
  const w = words
  const human = <PersonFace />
  switch (state.status) {
    case 'bot':
      return {
        title: w.assistant,
        line: w.assistantLine,
        face: (
          <span class="av bot">
            <Icon d={icons.book} />
          </span>
        ),
      }
    case 'queued':
      return { title: w.waitingTitle, line: w.waitingLine, face: human }
    case 'open':
      return {
        title: state.agent.name,
        line: w.agentLine(state.agent.code),
        face: <Initials name={state.agent.name} />,
      }
    case 'closed': {
      const line = w.closedLine(clockTime(state.closedAt))
      if (!state.agent) return { title: w.conversation, line, face: human }
      return { title: state.agent.name, line, face: <Initials name={state.agent.name} /> }
    }
  }
}

function PersonFace() {
  return (
    <span class="av">
      <Icon d={icons.person} />
    </span>
  )
}

export function Initials({ name }: { name: string }) {
  return (
    <span class="av" aria-hidden="true">
      {initials(name)}
    </span>
  )
}

function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <button type="button" class="ib" aria-label={words.close} onClick={onClose}>
      <Icon d={icons.close} />
    </button>
  )
}

type MoreProps = { open: boolean; onOpen: (open: boolean) => void; onEnd: () => void }

function More({ open, onOpen, onEnd }: MoreProps) {
  return (
    <span class="more">
      <button
        type="button"
        class="ib"
        aria-label={words.more}
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        <Icon d={icons.more} />
      </button>
      {open && (
        <button type="button" class="menu" onClick={onEnd}>
          {words.end}
        </button>
      )}
    </span>
  )
}

/** What only the real desk can show: the visitor's own phrase, or the address they are on. */
export function TrustLine({ phrase }: { phrase: string | undefined }) {
  const w = words
  return (
    <p class="trust">
      <Icon d={phrase ? icons.shield : icons.lock} />
      {phrase ? (
        <span>
          {w.phrase} <b dir="auto">{phrase}</b>
        </span>
      ) : (
        <span>{w.guest(location.host)}</span>
      )}
    </p>
  )
}
