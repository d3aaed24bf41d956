import { softmax } from './encoder.ts'
import {
  type Balance,
  LARGE,
  type Lessons,
  learnWith,
  ownScores,
  type Shape,
  type Text,
} from './own-words.ts'
import { readerOf, type Sparse } from './words.ts'

/** For FAQs with few texts, and those about things that the encoder knows. */
const BY_MEANING: Balance = { words: 4, meaning: 4 }
/** For FAQs with words of their own, and enough texts to learn them from. */
const BY_WORDS: Balance = { words: 6, meaning: 3 }
/** Fewer texts an entry, on average, say nothing about it. */
const ENOUGH_TEXTS = 5
/** Of an entry with so many texts every fifth is held out, with each entry from another one on: texts stand by language. */
const HELD_OUT = 5
/** Nobody is more wrong than that, so that no single text decides. */
const LEAST_CHANCE = 1e-3

/**
 * Learns an FAQ's own words, with the balance that knows texts best which it has not learned from. An FAQ that is too
 * large to be learned three times, or too small to hold out texts, goes by meaning. Takes a second for 100 entries with ten
 * texts, four for 200 with forty.
 */
export function learnOwnWords(texts: readonly Text[], shape: Shape): { lessons: Lessons; words: Sparse[] } {
  return learnWith(balanceOf(texts, shape), texts, shape)
}

function balanceOf(texts: readonly Text[], shape: Shape): Balance {
  if (shape.entries > LARGE || texts.length < ENOUGH_TEXTS * shape.entries) return BY_MEANING
  const counts = new Int32Array(shape.entries)
  for (const { entry } of texts) counts[entry]! += 1
  const seen = new Int32Array(shape.entries)
  const isHeldOut = texts.map(({ entry }) => {
    seen[entry]! += 1
    return counts[entry]! >= HELD_OUT && (seen[entry]! + entry) % HELD_OUT === 0
  })
  const heldOut = texts.filter((_, index) => isHeldOut[index])
  const others = texts.filter((_, index) => !isHeldOut[index])
  const known = (balance: Balance) => likelihood(heldOut, learnWith(balance, others, shape).lessons)
  return known(BY_WORDS) > known(BY_MEANING) ? BY_WORDS : BY_MEANING
}

/** How likely the right entries of texts are: the sum of the logarithms of their chances. */
function likelihood(texts: readonly Text[], lessons: Lessons): number {
  const wordsOf = readerOf(lessons.vocabulary)
  return texts.reduce((sum, { entry, features, vector }) => {
    const chances = softmax(ownScores(lessons, wordsOf(features), vector))
    return sum + Math.log(Math.max(chances[entry]!, LEAST_CHANCE))
  }, 0)
}
