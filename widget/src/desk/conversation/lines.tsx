import type { Message } from '@nightdesk/shared/message.ts'
import { Icon } from '../../chat/icon.tsx'
import { clock, stopped } from '../../chat/icons.ts'
import type { Unsent } from '../../chat/outbox.ts'
import { dayOf, fullDate, timeOf } from '../clock.ts'
import { isMe } from '../people.ts'
import { inWords } from '../words.ts'
import { Bubble } from './Bubble.tsx'
import { statusWords } from './status-words.ts'
import { Words } from './Words.tsx'

/** What every line of a log is told about its conversation. */
export type Setting = { visitor: string; locale: string; code: string }

/*
 * Functions, not components: a message and the unsent words that it was have the same key and the same
 * elements, so that the line stays where it is when it is accepted, and is read aloud once.
 */

export function dayLine(at: number) {
  return (
    <li class="day" key={`day ${at}`}>
      {dayOf(at)}
    </li>
  )
}

export function messageLine(message: Message, first: boolean, foot: string | null, setting: Setting) {
  const { author, body, sentAt, key, id } = message
  const { visitor, locale, code } = setting
  if (body.kind === 'status') {
    return (
      <li class="sys" key={id}>
        <bdi>{statusWords(body.now, author, visitor, code)}</bdi> ·{' '}
        <time title={fullDate(sentAt)}>{timeOf(sentAt)}</time>
      </li>
    )
  }
  return (
    <Bubble
      key={key ?? id}
      side={author.role === 'agent' ? 'me' : author.role === 'bot' ? 'bot' : 'vis'}
      sender={senderOf(message, visitor, code)}
      sentAt={sentAt}
      first={first}
      outlined={false}
      foot={foot && <p class="from">{foot}</p>}
    >
      <Words body={body} locale={locale} />
    </Bubble>
  )
}

/** `onEdit` is null where nothing can be written any more. */
type Choices = { onEdit: ((item: Unsent) => void) | null; onRemove: (item: Unsent) => void }

/** Words that the server has not accepted: outlined until it has, with their state in words. */
export function unsentLine(item: Unsent, first: boolean, setting: Setting, choices: Choices) {
  return (
    <Bubble
      key={item.key}
      side="me"
      sender="You"
      sentAt={null}
      first={first}
      outlined={item.state.name !== 'accepted'}
      foot={<UnsentState item={item} {...choices} />}
    >
      <Words body={{ kind: 'text', text: item.text }} locale={setting.locale} />
    </Bubble>
  )
}

function UnsentState({ item, onEdit, onRemove }: Choices & { item: Unsent }) {
  const { state } = item
  switch (state.name) {
    case 'accepted':
      return <p class="from">Delivered</p>
    case 'sending':
      return (
        <p class="from soon">
          <Icon d={clock} small />
          Sending
        </p>
      )
    case 'late':
      return (
        <p class="from">
          <Icon d={clock} small />
          Not delivered yet. Still trying.
        </p>
      )
    case 'refused':
      return (
        <p class="from refused">
          <Icon d={stopped} small />
          <span>Not sent: {inWords(state.refusal)}</span>
          {onEdit && (
            <button type="button" class="link" onClick={() => onEdit(item)}>
              Edit
            </button>
          )}
          <button type="button" class="link" onClick={() => onRemove(item)}>
            Remove
          </button>
        </p>
      )
  }
}

function senderOf({ author }: Message, visitor: string, code: string): string {
  if (author.role === 'visitor') return visitor
  if (author.role === 'bot') return 'Assistant'
  return isMe(author.agent, code) ? 'You' : author.agent.name
}
