import { dot, toLengthOne } from './encoder.ts'
import { highest } from './highest.ts'
import type { Lessons } from './own-words.ts'

/**
 * So many entries compete for a text because its words are like theirs, and as many because they are like its own entry
 * in meaning; the others are too unlike it to learn from.
 */
export const RIVALS = 16

/** Chooses who competes for a text: its own entry, those that mean most nearly the same as that, and those that its words are like. */
export function chooseRivals({
  entries,
  meanings,
}: Pick<Lessons, 'entries' | 'meanings'>): (entry: number, scores: Float64Array) => Int32Array {
  const everybody = Int32Array.from({ length: entries }, (_, entry) => entry)
  if (entries <= 2 * RIVALS) return () => everybody
  const dimensions = meanings.length / entries
  const typical = meanings.slice()
  for (const entry of everybody) toLengthOne(typical.subarray(entry * dimensions, (entry + 1) * dimensions))
  const alike = Array.from(everybody, entry => {
    const near = Float64Array.from(everybody, other =>
      dot(typical, entry * dimensions, typical, other * dimensions, dimensions),
    )
    near[entry] = Number.POSITIVE_INFINITY
    return highest(near, RIVALS)
  })
  return (entry, scores) => Int32Array.from(new Set([...alike[entry]!, ...highest(scores, RIVALS)]))
}
