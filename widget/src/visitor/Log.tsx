import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { MessageKey } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import type { Thread } from '@nightdesk/shared/view/thread.ts'
import { Component } from 'preact'
import { type LogItem, logItems } from '../chat/log-items.ts'
import type { Unsent } from '../chat/outbox.ts'
import type { Pressed } from './chat.ts'
import { MessageLine, StatusLine, Typing, UnsentLine } from './Lines.tsx'
import { QueueCard } from './QueueCard.tsx'
import { dayName, words } from './words/words.ts'

type Props = {
  thread: Thread | null
  unsent: readonly Unsent[]
  /** Whether to say that what is unsent lives as long as the page. */
  memory: boolean
  typing: AgentCard | null
  onDuty: boolean
  shown: boolean
  onEarlier: () => void
  onSay: (text: string, pressed: Pressed) => void
  onPerson: () => void
  onLeave: () => void
  onRead: (seq: number) => void
  onRemove: (key: MessageKey) => void
  onEdit: (item: Unsent) => void
}

const NEAR_END_PX = 80

/** A class, since it must look after each drawing where the reader is. */
export class Log extends Component<Props, { unseen: boolean }> {
  override state = { unseen: false }
  box: HTMLElement | null = null
  atEnd = true
  read: Message | undefined

  override componentDidMount(): void {
    // A keyboard that comes up, a phone that turns: the end stays in sight.
    const keepEnd = new ResizeObserver(() => this.atEnd && this.toEnd())
    if (this.box) keepEnd.observe(this.box)
    this.componentWillUnmount = () => keepEnd.disconnect()
    this.componentDidUpdate(this.props)
  }

  /** Stays at the end when the reader is there; never pulls away somebody who reads further up. */
  override componentDidUpdate(before: Props): void {
    const { thread, unsent, shown, onRead } = this.props
    const last = thread?.messages.at(-1)
    const lastBefore = before.thread?.messages.at(-1)
    if (unsent.length > before.unsent.length) this.atEnd = true
    if (this.atEnd) this.toEnd()
    else if (last && last.seq > (lastBefore?.seq ?? 0)) this.setState({ unseen: true })
    const isRead = !thread || !last || last.seq <= thread.conversation.readByVisitor
    if (!isRead && shown && this.atEnd && last !== this.read) {
      this.read = last
      onRead(last.seq)
    }
  }

  /** The end, or the beginning of a last message that is taller than the screen: people read downward. */
  toEnd(): void {
    const { box } = this
    if (!box) return
    const last = box.querySelector<HTMLElement>('.thread > :last-child')
    const tall = last !== null && last.offsetHeight > box.clientHeight
    box.scrollTop = tall ? last.offsetTop - 8 : box.scrollHeight
  }

  override render() {
    const { props } = this
    const { unseen } = this.state
    const { thread, unsent, typing } = props
    const messages = thread?.messages ?? []
    const last = messages.at(-1)
    const lastOwn = messages.findLast(one => one.author.role === 'visitor' && one.body.kind === 'text')
    const status = thread?.conversation.state.status
    // Who has answered already is not asked again while that is on its way.
    const listens = unsent.length === 0 && status === 'bot'
    return (
      <section
        class="log"
        role="log"
        aria-label={words.conversation}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable to be scrolled by keyboard
        tabIndex={0}
        ref={box => {
          this.box = box
        }}
        onScroll={({ currentTarget: box }) => {
          this.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX
          if (this.atEnd && unseen) this.setState({ unseen: false })
        }}
      >
        <ol class="thread">
          {thread?.earlier && (
            <li class="sys">
              <button type="button" class="btn small" onClick={props.onEarlier}>
                {words.showEarlier}
              </button>
            </li>
          )}
          <li class="sys">{words.machine}</li>
          {logItems(messages, unsent).map(item => (
            <Item
              key={keyOf(item)}
              item={item}
              delivery={item.kind === 'message' ? deliveryOf(item.message, lastOwn, thread) : null}
              answerable={item.kind === 'message' && item.message === last && listens}
              {...props}
            />
          ))}
          {props.memory && <li class="sys">{words.memory}</li>}
          {thread && status === 'queued' && (
            <QueueCard place={thread.place} onDuty={props.onDuty} onLeave={props.onLeave} />
          )}
          {typing && <Typing name={typing.name} />}
        </ol>
        {unseen && (
          <button type="button" class="btn small new" onClick={() => this.toEnd()}>
            {words.newMessages}
          </button>
        )}
      </section>
    )
  }
}

/** Only the visitor's last message carries its fate; the ones before it are known by then. */
function deliveryOf(message: Message, lastOwn: Message | undefined, thread: Thread | null): string | null {
  if (message !== lastOwn || !thread) return null
  return thread.conversation.readByDesk >= message.seq ? words.read : words.delivered
}

/** A sent message keeps the key it had while it was unsent, so that it changes in place. */
function keyOf(item: LogItem): string {
  if (item.kind === 'day') return `day${item.at}`
  return item.kind === 'unsent' ? item.item.key : (item.message.key ?? `${item.message.seq}`)
}

type ItemProps = Pick<Props, 'onSay' | 'onPerson' | 'onRemove' | 'onEdit'> & {
  item: LogItem
  delivery: string | null
  answerable: boolean
}

function Item({ item, delivery, answerable, onSay, onPerson, onRemove, onEdit }: ItemProps) {
  if (item.kind === 'day') return <li class="sys">{dayName(item.at)}</li>
  if (item.kind === 'unsent') return <UnsentLine item={item.item} onRemove={onRemove} onEdit={onEdit} />
  const { message, first, last } = item
  if (message.body.kind === 'status') return <StatusLine message={message} />
  return <MessageLine {...{ message, first, last, delivery, answerable, onSay, onPerson }} />
}
