import type { Message } from '@nightdesk/shared/message.ts'
import type { Thread } from '@nightdesk/shared/view/thread.ts'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Icon } from '../../chat/icon.tsx'
import { type LogItem, logItems } from '../../chat/log-items.ts'
import type { Unsent } from '../../chat/outbox.ts'
import { dayOf } from '../clock.ts'
import { down } from '../icons.ts'
import { isMe } from '../people.ts'
import { Handover } from './Handover.tsx'
import { dayLine, messageLine, unsentLine } from './lines.tsx'
import { lastCall } from './summary.ts'
import { useLogScroll } from './use-log-scroll.ts'

type Props = {
  thread: Thread
  unsent: readonly Unsent[]
  /** Whether to say that what is unsent lives as long as the page. */
  memory: boolean
  visitor: string
  code: string
  writing: boolean
  /** Whether earlier messages are on their way, and what went wrong with them. */
  fetching: boolean
  wrong: string | null
  onEarlier: () => void
  onEdit: ((item: Unsent) => void) | null
  onRemove: (item: Unsent) => void
  /** The end of the log is in sight. */
  onAtEnd: (atEnd: boolean) => void
}

export function Log(props: Props) {
  const { thread, unsent, visitor, code, onAtEnd, onEdit, onRemove } = props
  const { messages, conversation, earlier } = thread
  const { locale } = conversation
  const silent = useSilence(props.fetching)
  const own = messages.filter(message => isMine(message, code) && message.body.kind === 'text')
  const { box, atEnd, news, toEnd } = useLogScroll(messages, own.length + unsent.length)
  const items = useMemo(() => logItems(messages, unsent), [messages, unsent])
  // Its state stands under the last of one's own words; those not accepted bring their own.
  const marked = items.some(item => item.kind === 'unsent') ? undefined : own.at(-1)
  const mark = conversation.readByVisitor >= (marked?.seq ?? 0) ? 'Read' : 'Delivered'

  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd])

  // A long log is not laid out anew for every letter that is typed below it.
  const lines = useMemo(() => {
    const setting = { visitor, locale, code }
    const call = lastCall(messages)
    return items.map((item, index) => {
      if (item.kind === 'day') return index === 0 && dayOf(item.at) === 'Today' ? null : dayLine(item.at)
      if (item.kind === 'message') {
        const { message } = item
        const line = messageLine(message, item.first, message === marked ? mark : null, setting)
        // Where the log is read from: under the call for a person, with which whoever comes in begins.
        return message === call ? [line, <Handover key="handover" messages={messages} />] : line
      }
      const first = item.first && !follows(items[index - 1], item.item, code)
      return unsentLine(item.item, first, setting, { onEdit, onRemove })
    })
  }, [messages, items, marked, mark, visitor, locale, code, onEdit, onRemove])

  return (
    <div class="below">
      <div class="log" ref={box}>
        <div class="in">
          {earlier && (
            <p class="top">
              <button type="button" class="btn" aria-busy={props.fetching} onClick={props.onEarlier}>
                Show earlier messages
              </button>
              {props.wrong && (
                <span class="wrong" role="alert">
                  {props.wrong}
                </span>
              )}
            </p>
          )}
          <section role="log" aria-label="Messages" aria-live={silent ? 'off' : 'polite'}>
            <ol class="thread">
              {lines}
              {props.memory && <li class="sys">Kept only while this page is open.</li>}
            </ol>
          </section>
          <p class="typ">
            {props.writing && (
              <>
                <bdi>{visitor}</bdi> is writing…
              </>
            )}
          </p>
        </div>
      </div>
      {news && (
        <button type="button" class="btn float" onClick={toEnd}>
          <Icon d={down} small />
          New messages
        </button>
      )}
    </div>
  )
}

/** A hundred earlier messages are not news: the log says nothing until they stand. */
function useSilence(fetching: boolean): boolean {
  const [silent, setSilent] = useState(fetching)
  useEffect(() => {
    if (fetching) setSilent(true)
    const timer = fetching ? undefined : setTimeout(() => setSilent(false), 500)
    return () => clearTimeout(timer)
  }, [fetching])
  return silent || fetching
}

const isMine = ({ author }: Message, code: string): boolean =>
  author.role === 'agent' && isMe(author.agent, code)

/** Whether unsent words will stand in the group of the line before, so that nothing jumps once they are accepted. */
function follows(before: LogItem | undefined, item: Unsent, code: string): boolean {
  if (before?.kind !== 'message' || before.message.body.kind === 'status') return false
  return isMine(before.message, code) && item.writtenAt - before.message.sentAt < 3 * 60_000
}
