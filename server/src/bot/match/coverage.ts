import type { Lessons } from './own-words.ts'
import { rarityOf } from './words.ts'

/** Shares of a message, 0 to 1, weighed by how telling each word is: what each entry's own texts have of it, and what all have. */
export type Coverage = { byEntry: Float64Array; byAll: number }

/**
 * How much of a message an FAQ's own texts have. Words that none of them has count as the most telling there are: they
 * are what a message out of scope is made of.
 *
 * @param rows the words of the message that the FAQ has
 * @param features how many the message has in all
 */
export function coverageOf(
  { entries, owners, starts, vocabulary }: Lessons,
  rows: Int32Array,
  features: number,
): Coverage {
  const byEntry = new Float64Array(entries)
  let known = 0
  for (const row of rows) {
    const weight = vocabulary.rarity[row]! ** 2
    known += weight
    const end = starts[row + 1]!
    for (let place = starts[row]!; place < end; place++) byEntry[owners[place]!]! += weight
  }
  // An FAQ may have entries without a single text.
  const all = known + (features - rows.length) * rarityOf(1, vocabulary.texts) ** 2 || 1
  for (let entry = 0; entry < entries; entry++) byEntry[entry]! /= all
  return { byEntry, byAll: known / all }
}
