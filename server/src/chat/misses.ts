import type { Message } from '@nightdesk/shared/message.ts'
import type { Question } from '../bot/engine.ts'

/** A message of the visitor that the bot is to answer, and what was said before it, in order. */
export type Turn = { message: Message; before: readonly Message[] }

/** What the bot is asked: the words, or once more the words whose answer did not help. */
export function questionOf({ message, before }: Turn, locale: string): Question | undefined {
  const { body } = message
  if (body.kind === 'text') {
    const { text, entryId } = body
    return { text, locale, rejected: rejectedIn(before), ...(entryId === undefined ? {} : { entryId }) }
  }
  if (body.kind !== 'rating') return undefined
  const asked = before.flatMap(one =>
    one.seq < body.of && one.author.role === 'visitor' && one.body.kind === 'text' ? [one.body] : [],
  )
  // A button that led to the answer says only what was pressed; the visitor's own words are further up.
  const text = (asked.findLast(one => one.entryId === undefined) ?? asked.at(-1))?.text ?? ''
  return { text, locale, rejected: [...rejectedIn(before), body.entryId] }
}

/** Whether this miss of the bot follows another one: it has had its two tries, and a person is called. */
export function isSecondMiss({ message, before }: Turn): boolean {
  if (message.body.kind === 'rating') return rejectedIn(before).length > 0
  const spoken = before.findLast(one => one.author.role === 'bot' && one.body.kind !== 'status')
  const owned = before.findLastIndex(one => one.body.kind === 'status')
  // What was missed before somebody else had the conversation counts no more.
  return spoken?.body.kind === 'offer' && before.indexOf(spoken) > owned
}

/** The entries whose answers did not help since the bot has had the conversation. */
function rejectedIn(before: readonly Message[]): string[] {
  const owned = before.findLastIndex(one => one.body.kind === 'status')
  return before
    .slice(owned + 1)
    .flatMap(({ body }) => (body.kind === 'rating' && !body.helped ? [body.entryId] : []))
}
