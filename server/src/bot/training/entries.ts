import { BESIDE, INTENTS } from '../pack/pack.ts'

/** The entry that answers an intent in the FAQs that are played: its own, or that of the one it is told apart from. */
export const entryOf = (intent: string): string => BESIDE[intent] ?? intent

/** What an exchange's FAQ has entries for. */
export const ENTRIES: readonly string[] = INTENTS.filter(intent => entryOf(intent) === intent)
