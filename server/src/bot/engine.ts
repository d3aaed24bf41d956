import type { EntryOption, EntryRef } from '@nightdesk/shared/message.ts'

/** What a visitor asked. `entryId` is set when they pressed a button instead of writing. */
export type Question = { text: string; locale: string; entryId?: string }

export type BotReply =
  | { kind: 'answer'; text: string; entry: EntryRef; language: string }
  /** Not sure enough to answer: up to three entries that may be meant. */
  | { kind: 'offer'; options: EntryOption[] }
  /** Nothing near: the bot says so and points to a person. */
  | { kind: 'unsure' }
  /** The visitor asked for a person in words. */
  | { kind: 'human' }

/** The extension point of the FAQ bot. A reply takes well under a millisecond and never touches the network. */
export interface BotEngine {
  reply(question: Question): BotReply
  /** Titles of entries for the home screen, in the language nearest to `locale`. */
  topics(locale: string): EntryOption[]
}
