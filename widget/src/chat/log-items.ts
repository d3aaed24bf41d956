import type { Message } from '@nightdesk/shared/message.ts'
import type { Unsent } from './outbox.ts'

/** One line of a log on screen, in reading order. */
export type LogItem =
  | { kind: 'day'; at: number }
  | { kind: 'message'; message: Message; first: boolean; last: boolean }
  | { kind: 'unsent'; item: Unsent; first: boolean }

const GROUP_WITHIN_MS = 3 * 60_000

/**
 * Lays out a thread: a line when the day changes; messages of one sender within three minutes stand together,
 * the name over the first and the time under the last; what is not accepted stands at the end.
 */
export function logItems(messages: readonly Message[], unsent: readonly Unsent[]): LogItem[] {
  const items: LogItem[] = []
  messages.forEach((message, index) => {
    const before = messages[index - 1]
    const after = messages[index + 1]
    if (!before || dayOf(before.sentAt) !== dayOf(message.sentAt))
      items.push({ kind: 'day', at: message.sentAt })
    items.push({
      kind: 'message',
      message,
      first: !before || !together(before, message),
      last: !after || !together(message, after),
    })
  })
  const arrived = new Set(messages.map(message => message.key))
  for (const item of unsent) {
    if (arrived.has(item.key)) continue
    const before = items.at(-1)
    items.push({ kind: 'unsent', item, first: before?.kind !== 'unsent' })
  }
  return items
}

function together(a: Message, b: Message): boolean {
  const plain = a.body.kind !== 'status' && b.body.kind !== 'status'
  const near = b.sentAt - a.sentAt < GROUP_WITHIN_MS && dayOf(a.sentAt) === dayOf(b.sentAt)
  return plain && near && senderOf(a) === senderOf(b)
}

function senderOf({ author }: Message): string {
  return author.role === 'agent' ? author.agent.code : author.role
}

function dayOf(at: number): string {
  return new Date(at).toDateString()
}
