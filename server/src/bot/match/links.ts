import { BESIDE, INTENTS, URGENT } from '../pack/pack.ts'

/**
 * An entry's texts must say so clearly that it is this intent; in an FAQ of another field, where a few entries sound like
 * an exchange's and mean something else, twice as clearly.
 */
const CLEAR = 0.4
const CLEAR_ELSEWHERE = 0.8
/** Shares of entries that sound like the pack's: from which on an FAQ is an exchange's, and up to which another field's. */
const EXCHANGE = 0.5
const ELSEWHERE = 0.3
/**
 * "None of them" was learned from what people say of everything under the sun. In an FAQ of which the pack knows at least
 * so much it counts only so much.
 */
const ALL_KNOWN = 0.8
const NONE_COUNTS = 0.15
/**
 * Of two entries that could be the same intent the clearer one has it, and the other its next best, if that is not
 * far-fetched; where both are very clear, both have it.
 */
const NEXT_BEST = 0.08

/**
 * Finds which canonical intents each entry of an FAQ answers, so that it is found in all the words and languages that
 * the pack has for them. `chances` is, per entry, the mean chance of each intent over its texts; `given` are the
 * operator's own links, which always stand (an empty list: none). What is told apart from an intent goes with it, unless
 * another entry answers just that.
 */
export function linkEntries(chances: Float64Array[], given: (number[] | undefined)[]): number[][] {
  const links = chances.map((_, entry) => [...(given[entry] ?? [])])
  const taken = new Set(links.flat())
  const share = knownShare(chances, given)
  const clear = clearAt(share)
  const likely = chances.map(row => withoutStrangers(row, share))
  const wishes = likely
    .flatMap((row, entry) =>
      given[entry] === undefined ? INTENTS.map((_, intent) => ({ entry, intent, chance: row[intent]! })) : [],
    )
    .filter(({ chance }) => chance >= NEXT_BEST)
    .sort((a, b) => b.chance - a.chance)
  for (const { entry, intent, chance } of wishes) {
    const own = links[entry]!
    const isFirst = own.length === 0
    if (URGENT_NUMBERS.has(intent) && chances[entry]![intent]! < 2 * CLEAR) continue
    if (
      taken.has(intent)
        ? isFirst && chance >= 2 * CLEAR
        : chance >= clear || (isFirst && lostItsBest(likely[entry]!, taken, clear))
    ) {
      own.push(intent)
      taken.add(intent)
    }
  }
  for (const [beside, of] of Object.entries(BESIDE)) {
    const intent = INTENTS.indexOf(beside)
    if (!taken.has(intent)) links.find(own => own.includes(INTENTS.indexOf(of)))?.push(intent)
  }
  return links
}

/** What is said to somebody in danger must be meant for that, beyond doubt. */
const URGENT_NUMBERS: ReadonlySet<number> = new Set(URGENT.map(intent => INTENTS.indexOf(intent)))

/** The share of the entries that sound like the pack's. A few entries say little of what an FAQ is about: they count as known. */
function knownShare(chances: Float64Array[], given: (number[] | undefined)[]): number {
  const alike = chances.filter((row, entry) => (given[entry]?.length ?? highestOf(row)) >= CLEAR)
  return (alike.length + 2) / (chances.length + 3)
}

/** How clear it must be in an FAQ of which the pack knows such a share. */
function clearAt(share: number): number {
  const strange = between(0, 1, (EXCHANGE - share) / (EXCHANGE - ELSEWHERE))
  return CLEAR + strange * (CLEAR_ELSEWHERE - CLEAR)
}

/** Chances of intents where "none of them" is as rare as it is in such an FAQ. */
function withoutStrangers(row: Float64Array, share: number): Float64Array {
  const known = between(0, 1, (share - EXCHANGE) / (ALL_KNOWN - EXCHANGE))
  const none = row.at(-1)! * (1 - known * (1 - NONE_COUNTS))
  return row.map((chance, intent) => (intent === row.length - 1 ? none : chance) / (1 - row.at(-1)! + none))
}

const between = (least: number, most: number, value: number): number => Math.min(most, Math.max(least, value))

/** The highest chance of an intent; what stands last is "none of them". */
const highestOf = (row: Float64Array): number => Math.max(...row.subarray(0, -1))

/** Whether another entry has the intent that this one would have had. */
function lostItsBest(row: Float64Array, taken: ReadonlySet<number>, clear: number): boolean {
  let best = 0
  for (let intent = 1; intent < row.length; intent++) if (row[intent]! > row[best]!) best = intent
  return row[best]! >= clear && taken.has(best)
}
