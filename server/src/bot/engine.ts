import type { HandoffReason } from '@nightdesk/shared/conversation.ts'
import type { EntryOption, EntryRef, Rating } from '@nightdesk/shared/message.ts'

/** What a visitor asked. */
export type Question = {
  text: string
  /** The language of the page; what is written may be another one. */
  locale: string
  /** Set when they pressed a button instead of writing. */
  entryId?: string
  /** Asked once more, since the answers of these entries did not help. */
  rejected?: readonly string[]
}

/** What the bot makes of it. `language` is the visitor's, in which it speaks. */
export type BotReply = { language: string } & (
  | {
      kind: 'answer'
      text: string
      entry: EntryRef
      /** The language of the answer; another one than the visitor's when there is none in theirs. */
      answerLanguage: string
      /** The chance that it is the right one, 0 to 1, before what visitors said of such promises. */
      confidence: number
      /** Why a person is called at once, beside the answer. */
      handOver?: HandoffReason
    }
  /** Not sure enough to answer: up to three entries that may be meant. */
  | { kind: 'offer'; options: EntryOption[] }
  /** Nothing but a greeting or thanks. */
  | { kind: 'courtesy' }
  /** Nothing near: the bot says so and points to a person. */
  | { kind: 'unsure' }
  /** Only a person will do. */
  | { kind: 'human'; reason: HandoffReason }
)

/** The extension point of the FAQ bot. A reply takes about a millisecond and never touches the network. */
export interface BotEngine {
  reply(question: Question): BotReply
  /** Titles of entries for the home screen, in the language nearest to `locale`. */
  topics(locale: string): EntryOption[]
  /** Learns from what visitors said of answers how far its promises can be believed here. */
  learn(ratings: readonly Pick<Rating, 'confidence' | 'helped'>[]): void
}
