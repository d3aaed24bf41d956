/** What speaks for one entry, in numbers that a judge can weigh. */
export type Evidence = Float64Array

export type Signs = {
  /** Whether the pack knows what the entry answers. */
  isLinked: boolean
  /** The pack's chance that one of the entry's intents is meant; 0 where it has none. */
  pack: number
  /** The highest chance of an intent that is not the entry's. */
  packRival: number
  /** The chance of "none of them". */
  none: number
  /** The share of the pack's chances that goes to intents which no entry of this FAQ answers. */
  unanswered: number
  /** How sure it is that the entry answers its intents, 0 to 1. */
  link: number
  /** The FAQ's own chance of the entry, and of the next best one. */
  own: number
  ownRival: number
  /** What that chance was made from: how much the FAQ's own texts speak for the entry, whatever they say of others. */
  ownScore: number
  /** Likeness to the entry's nearest text by meaning and by words, and to the nearest of any other entry. */
  meaning: number
  meaningRival: number
  words: number
  wordsRival: number
  /** The share of the message that the entry's own texts have, the highest of any other entry, and what all have. */
  covered: number
  coveredRival: number
  coveredByAll: number
  /** The share of the message's features that the encoder knows. */
  known: number
  features: number
  entries: number
  /** How many texts the entry has in the language of the message, and how many an entry has on average. */
  ownTexts: number
  texts: number
  /** What the message is mostly written in: a place in `SCRIPTS`. */
  script: number
}

/** Languages are judged by how they are written: what is learned of one holds for its neighbours. */
export const SCRIPTS = ['Latin', 'Cyrillic', 'Arabic', 'Han', 'Hangul'] as const

/** The first signs are numbers; after them comes one for each script, which is 1 where the message is written in it. */
export const NUMBERS = 23
export const SIGNS = NUMBERS + SCRIPTS.length

export function evidenceOf(signs: Signs): Evidence {
  const { pack, packRival, none, unanswered, own, ownRival, meaning, meaningRival, words, wordsRival } = signs
  const evidence = new Float64Array(SIGNS)
  evidence.set([
    log(pack),
    log(pack) - log(packRival),
    pack,
    log(none),
    unanswered,
    signs.link,
    log(own),
    log(own) - log(ownRival),
    own,
    signs.ownScore / 10,
    meaning,
    meaning - meaningRival,
    words,
    words - wordsRival,
    signs.known,
    signs.covered,
    signs.covered - signs.coveredRival,
    signs.coveredByAll,
    Math.log(1 + signs.features) / 5,
    Math.log(signs.entries) / 5,
    Math.log(1 + signs.ownTexts) / 5,
    Math.log(1 + signs.texts) / 5,
    signs.texts === 0 ? 1 : 0,
  ])
  // Entries that the pack does not know are English wherever this is learned: of their scripts nothing is to be had.
  if (signs.isLinked) evidence[NUMBERS + signs.script] = 1
  return evidence
}

/** Natural logarithm of a chance in units of 5, with a floor: beyond one in three thousand all are as unlikely. */
const log = (chance: number): number => Math.log(Math.max(chance, 3e-4)) / 5

const PATTERNS = SCRIPTS.map(script =>
  script === 'Han'
    ? /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu
    : new RegExp(`\\p{Script=${script}}`, 'gu'),
)

/** The script that most of a text is written in; a character of Chinese, Japanese or Korean is worth two letters. */
export function scriptOf(text: string): number {
  const counts = PATTERNS.map((pattern, script) => (text.match(pattern)?.length ?? 0) * (script > 2 ? 2 : 1))
  return counts.indexOf(Math.max(...counts))
}
