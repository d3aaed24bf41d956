/** What the matcher is given of an entry: the ways it is asked for, its question first. */
export type Entry = {
  id: string
  texts: string[]
  /** Canonical intents that it answers, as the operator says; left out: the matcher finds them. */
  intents?: string[]
}

/** An entry that may be meant. */
export type Match = {
  id: string
  /** The chance that it is, 0 to 1: of all answers given at 0.9, nine in ten are right. */
  confidence: number
  /** Whether the pack knows what the entry answers. */
  isLinked: boolean
  /** Whether the message is one of its texts, word for word, and of no other entry. */
  isExact: boolean
}
