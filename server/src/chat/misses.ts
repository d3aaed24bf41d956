import type { Message } from '@nightdesk/shared/message.ts'
import type { Question } from '../bot/engine.ts'

/** What the bot is asked: a visitor's words, or once more those whose answer did not help. */
export function questionOf(
  message: Message,
  before: readonly Message[],
  locale: string,
): Question | undefined {
  const { body } = message
  if (body.kind === 'text') {
    const { text, entryId } = body
    return { text, locale, ...(entryId === undefined ? {} : { entryId }) }
  }
  // An answer that was rated before is not talked about again.
  if (body.kind !== 'rating' || body.helped || ratingsIn(before).some(({ of }) => of === body.of))
    return undefined
  const asked = before.flatMap(one =>
    one.seq < body.of && one.author.role === 'visitor' && one.body.kind === 'text' ? [one.body] : [],
  )
  // A button that led to the answer says only what was pressed; the visitor's own words are further up.
  const text = (asked.findLast(one => one.entryId === undefined) ?? asked.at(-1))?.text ?? ''
  const rejected = ratingsIn(before).flatMap(({ helped, entryId }) => (helped ? [] : [entryId]))
  return { text, locale, rejected: [...rejected, body.entryId] }
}

/** Whether this miss of the bot follows another one: it has had its two tries, and a person is called. */
export function isSecondMiss(message: Message, before: readonly Message[]): boolean {
  if (message.body.kind === 'rating') return ratingsIn(before).at(-1)?.helped === false
  return ownedNow(before).findLast(one => one.author.role === 'bot')?.body.kind === 'offer'
}

/** What was said since the bot has had the conversation: what somebody else missed or heard counts no more. */
function ownedNow(before: readonly Message[]): readonly Message[] {
  return before.slice(before.findLastIndex(one => one.body.kind === 'status') + 1)
}

const ratingsIn = (before: readonly Message[]) =>
  ownedNow(before).flatMap(({ body }) => (body.kind === 'rating' ? [body] : []))
