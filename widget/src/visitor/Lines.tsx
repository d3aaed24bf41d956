import type { MessageKey } from '@nightdesk/shared/ids.ts'
import type { EntryOption, Message } from '@nightdesk/shared/message.ts'
import { Icon } from '../chat/icon.tsx'
import * as icons from '../chat/icons.ts'
import { Markup } from '../chat/markup.tsx'
import type { Unsent } from '../chat/outbox.ts'
import type { Pressed } from './chat.ts'
import { clockTime, dayAndMonth, words } from './words/words.ts'

/** Eleven hours: a date alone is the midnight of Greenwich, which is the day before in America. */
const NOON = 4e7

type MessageProps = {
  message: Message
  first: boolean
  last: boolean
  delivery: string | null
  /** Whether its buttons still mean something: it is the last message and the bot is listening. */
  answerable: boolean
  onSay: (text: string, pressed: Pressed) => void
  onPerson: () => void
}

export function MessageLine({ message, first, last, delivery, answerable, onSay, onPerson }: MessageProps) {
  const { author, body } = message
  const side = author.role === 'visitor' ? 'you' : author.role
  const asks = body.kind === 'offer' && answerable
  const time = clockTime(message.sentAt)
  return (
    <li class={`m ${side} enter${first ? '' : ' g'}${asks ? ' full' : ''}`}>
      {first && <Sender author={author} />}
      {body.kind === 'answer' ? (
        <div class="b" lang={body.language} dir="auto">
          {body.note && <p dir="auto">{body.note}</p>}
          <Markup text={body.text} />
          <p class="src">
            <Icon d={icons.book} small />
            <span>
              {body.entry.title}
              <br />
              {words.reviewed(dayAndMonth(Date.parse(body.entry.reviewed) + NOON))}
            </span>
          </p>
        </div>
      ) : (
        <p class="b" dir="auto">
          {'text' in body && body.text}
        </p>
      )}
      {answerable && body.kind === 'answer' && (
        <p class="acts">
          {[true, false].map(helped => {
            const text = helped ? words.helped : words.notHelped
            return (
              <button
                type="button"
                class="btn small"
                key={text}
                onClick={() => onSay(text, { rates: { seq: message.seq, helped } })}
              >
                {text}
              </button>
            )
          })}
        </p>
      )}
      {asks && <Options options={body.options} onSay={onSay} onPerson={onPerson} />}
      {(last || delivery) && (
        <p class="at">
          {time}
          {delivery && ` · ${delivery}`}
        </p>
      )}
    </li>
  )
}

function Sender({ author }: { author: Message['author'] }) {
  const w = words
  if (author.role === 'visitor') return <span class="sr">{w.you}</span>
  return (
    <p class="from">
      <b>{author.role === 'bot' ? w.assistant : author.agent.name}</b>
      {author.role === 'agent' && <span>{w.agentLine(author.agent.code)}</span>}
    </p>
  )
}

type OptionsProps = Pick<MessageProps, 'onSay' | 'onPerson'> & { options: EntryOption[] }

function Options({ options, onSay, onPerson }: OptionsProps) {
  const w = words
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form; these are answers
    <div class="opts" role="group" aria-label={w.didYouMean}>
      {options.map(({ entryId, title }) => (
        <button type="button" class="opt" key={entryId} onClick={() => onSay(title, { entryId })}>
          {title}
          <Icon d={icons.forward} flip />
        </button>
      ))}
      <button type="button" class="opt q" onClick={onPerson}>
        {options.length > 0 ? w.nonePerson : w.getPerson}
        <Icon d={icons.person} />
      </button>
    </div>
  )
}

type UnsentProps = { item: Unsent; onRemove: (key: MessageKey) => void; onEdit: (item: Unsent) => void }

/** Never a filled bubble before acceptance (ui.md, Delivery). */
export function UnsentLine({ item, onRemove, onEdit }: UnsentProps) {
  const w = words
  const { state } = item
  return (
    <li class="m you">
      <p class="b wait" dir="auto">
        {item.text}
      </p>
      {state.name === 'refused' ? (
        <>
          <p class="at bad">
            <Icon d={icons.stopped} small />
            {refusedWords(state.refusal.code)}
          </p>
          <p class="acts">
            <button type="button" class="btn small" onClick={() => onEdit(item)}>
              {w.edit}
            </button>
            <button type="button" class="btn small" onClick={() => onRemove(item.key)}>
              {w.remove}
            </button>
          </p>
        </>
      ) : (
        <p class="at">
          <Icon d={icons.clock} small />
          {state.name === 'late' ? w.late : w.sending}
        </p>
      )}
    </li>
  )
}

function refusedWords(code: string): string {
  const refused: Partial<Record<string, string>> = words.refused
  return refused[code] ?? words.refused.other
}

export function StatusLine({ message }: { message: Message }) {
  const text = statusWords(message)
  return (
    <li class="sys">
      <span>
        {text} · <time>{clockTime(message.sentAt)}</time>
      </span>
    </li>
  )
}

function statusWords({ author, body }: Message): string {
  const w = words
  if (body.kind !== 'status') return ''
  const agent = author.role === 'agent' ? author.agent.name : ''
  switch (body.now.status) {
    case 'queued':
      return body.now.reason === 'asked' ? w.youAsked : w.called
    case 'open':
      return w.joined(body.now.agent.name)
    case 'bot':
      return agent ? w.handedBack(agent) : w.youLeft
    case 'closed':
      return agent ? w.agentClosed(agent) : w.youClosed
  }
}

export function Typing({ name }: { name: string }) {
  return (
    <li class="m agent">
      <p class="b typing">
        <i />
        <i />
        <i />
        <span class="sr">{words.isWriting(name)}</span>
      </p>
    </li>
  )
}
