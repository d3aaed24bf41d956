/** An entry's texts must say so clearly that it is this intent. */
const CLEAR = 0.4
/**
 * Of two entries that could be the same intent the clearer one has it, and the other its next best, if that is not
 * far-fetched; where both are very clear, both have it.
 */
const NEXT_BEST = 0.08

/**
 * Finds which canonical intents each entry of an FAQ answers, so that it is found in all the words and languages that
 * the pack has for them. `chances` is, per entry, the mean chance of each intent over its texts; `given` are the
 * operator's own links, which always stand (an empty list: none).
 */
export function linkEntries(
  chances: Float64Array[],
  given: (number[] | undefined)[],
  intents: number,
): number[][] {
  const links = chances.map((_, entry) => given[entry] ?? [])
  const taken = new Set(links.flat())
  const wishes = chances
    .flatMap((row, entry) =>
      given[entry] === undefined
        ? Array.from({ length: intents }, (_, intent) => ({ entry, intent, chance: row[intent]! }))
        : [],
    )
    .filter(({ chance }) => chance >= NEXT_BEST)
    .sort((a, b) => b.chance - a.chance)
  for (const { entry, intent, chance } of wishes) {
    const own = links[entry]!
    const isFirst = own.length === 0
    if (
      taken.has(intent)
        ? isFirst && chance >= 2 * CLEAR
        : chance >= CLEAR || (isFirst && lostItsBest(chances[entry]!, taken))
    ) {
      own.push(intent)
      taken.add(intent)
    }
  }
  return links
}

/** Whether another entry has the intent that this one would have had. */
function lostItsBest(row: Float64Array, taken: ReadonlySet<number>): boolean {
  let best = 0
  for (let intent = 1; intent < row.length; intent++) if (row[intent]! > row[best]!) best = intent
  return row[best]! >= CLEAR && taken.has(best)
}
