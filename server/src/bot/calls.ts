import type { HandoffReason } from '@nightdesk/shared/conversation.ts'
import { clausesOf } from './match/clauses.ts'
import type { Matcher } from './match/matcher.ts'
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

/** The likeliest of the intents for which a person is called, where it is likely enough. */
export function callOf(intents: Float64Array, least = CALL_AT): Call | undefined {
  return Object.entries(CALLS)
    .flatMap(([intent, reason]) => {
      const chance = intents[INTENTS.indexOf(intent)] ?? 0
      return reason && chance >= least ? [{ intent, reason, chance }] : []
    })
    .sort((a, b) => b.chance - a.chance)[0]
}

/** What cannot wait, said in one clause of a message whose other words are about something else. */
export function urgentIn(matcher: Matcher, text: string): Call | undefined {
  const clauses = clausesOf(text)
  if (clauses.length < 2) return undefined
  return clauses
    .slice(0, CLAUSES)
    .map(clause => callOf(matcher.intentsOf(clause), CLAUSE_AT))
    .filter(call => call?.reason === 'urgent')
    .sort((a, b) => (b?.chance ?? 0) - (a?.chance ?? 0))[0]
}
