import type { HandoffReason } from '@nightdesk/shared/conversation.ts'
import { clausesOf } from './match/clauses.ts'
import type { Matcher } from './match/matcher.ts'
import { deniedIn } from './negations.ts'
import { INTENTS } from './pack/pack.ts'

/** Intents for which a person is called at once, whatever is answered. */
export const CALLS: Partial<Record<string, HandoffReason>> = {
  human: 'asked',
  complaint: 'complaint',
  account_hacked: 'urgent',
  self_harm: 'urgent',
  legal_deadline: 'urgent',
}
/** What nobody is offered as one guess among others. */
export const NEVER_OFFERED: readonly string[] = ['self_harm', 'legal_deadline']

/** From this chance of such an intent on: somebody in danger is not asked twice. */
const CALL_AT = 0.5
/** The same for one clause among others, which says less than a message. */
const CLAUSE_AT = 0.8
/** Nobody buys more of everybody's time with commas. */
const CLAUSES = 10

export type Call = { intent: string; reason: HandoffReason; chance: number }

/**
 * Whether somebody may ask when support is there, and does not plainly ask for a person: they are told, with a button to
 * be connected.
 */
export const asksWhen = (intents: Float64Array): boolean =>
  chanceOf(intents, 'support_hours') > chanceOf(intents, 'human') / 2

const chanceOf = (intents: Float64Array, intent: string): number => intents[INTENTS.indexOf(intent)] ?? 0

/** Said of what sounds like a call and is none: "nobody hacked me". */
export const DENIED = 'denied'

/**
 * The call in a message: what cannot wait in any of its clauses, or what it means as a whole, but for what it denies. Where
 * a clause denies something, the others may call all the same: "no agent needed, just freeze it, I was hacked".
 *
 * @param denied what the message says that it does not mean (`deniedIn`)
 */
export function callIn(
  matcher: Matcher,
  text: string,
  intents: Float64Array,
  denied: readonly string[],
): Call | typeof DENIED | undefined {
  const call = urgentIn(matcher, text, denied) ?? callOf(intents, CALL_AT, denied)
  if (call || denied.length === 0) return call
  const others = clausesOf(text).filter(clause => deniedIn(clause).length === 0)
  const rest = others.join('. ')
  const standing = rest === '' ? undefined : (urgentIn(matcher, rest) ?? callOf(matcher.intentsOf(rest)))
  return standing ?? (callOf(intents) && DENIED)
}

/** The likeliest of the intents for which a person is called, where it is likely enough. */
function callOf(intents: Float64Array, least = CALL_AT, denied: readonly string[] = []): Call | undefined {
  return Object.entries(CALLS)
    .filter(([intent]) => !denied.includes(intent))
    .flatMap(([intent, reason]) => {
      const chance = chanceOf(intents, intent)
      return reason && chance >= least ? [{ intent, reason, chance }] : []
    })
    .sort((a, b) => b.chance - a.chance)[0]
}

/** What cannot wait, said in one clause of a message whose other words are about something else. */
function urgentIn(matcher: Matcher, text: string, denied: readonly string[] = []): Call | undefined {
  const clauses = clausesOf(text)
  if (clauses.length < 2) return undefined
  return clauses
    .slice(0, CLAUSES)
    .map(clause => callOf(matcher.intentsOf(clause), CLAUSE_AT, denied))
    .filter(call => call?.reason === 'urgent')
    .sort((a, b) => (b?.chance ?? 0) - (a?.chance ?? 0))[0]
}
