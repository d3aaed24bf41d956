import { type Lessons, learnOneMore, type Text } from './own-words.ts'
import { joined, rarityOf, readerOf, type Sparse, tableOf } from './words.ts'

/** What an FAQ teaches with a few more texts; who reads the lessons before is not disturbed. */
export function withMore(texts: readonly Text[], before: Lessons): { lessons: Lessons; words: Sparse[] } {
  const lessons = withRoomFor(texts, before)
  const words = texts.map(({ features }) => features).map(readerOf(lessons.vocabulary))
  texts.forEach((text, index) => {
    learnOneMore(text, words[index]!, lessons)
  })
  return { lessons, words }
}

/** A copy in which each word of the texts has a row, and a weight for its text's entry. Rows keep their numbers. */
function withRoomFor(texts: readonly Text[], lessons: Lessons): Lessons {
  const { vocabulary, starts, owners, weights } = lessons
  const { hashes, rarity } = vocabulary
  const { fresh, wanted } = newPlaces(texts, lessons)
  const rows = hashes.length + fresh.length
  const count = wanted.reduce((sum, { entries }) => sum + entries.length, owners.length)
  const more = {
    starts: new Int32Array(rows + 1),
    owners: new Int32Array(count),
    weights: new Float32Array(count),
  }
  let [copied, next, done] = [0, 0, 0]
  // What lies between two rows that get more is copied as a whole.
  for (const { row, entries } of [...wanted, { row: rows - 1, entries: [] }]) {
    const end = starts[Math.min(row + 1, hashes.length)]!
    for (; done <= row; done++) more.starts[done] = starts[Math.min(done, hashes.length)]! + next - copied
    more.owners.set(owners.subarray(copied, end), next)
    more.weights.set(weights.subarray(copied, end), next)
    next += end - copied
    copied = end
    more.owners.set(entries, next)
    next += entries.length
  }
  more.starts[rows] = next
  return {
    ...lessons,
    vocabulary: {
      ...vocabulary,
      hashes: joined(hashes, Uint32Array.from(fresh)),
      rarity: joined(rarity, new Float32Array(fresh.length).fill(rarityOf(1, vocabulary.texts))),
    },
    ...more,
    meanings: lessons.meanings.slice(),
    bias: lessons.bias.slice(),
  }
}

/** The words that have no row, and in the order of their rows the entries that have no weight there. */
function newPlaces(texts: readonly Text[], { vocabulary, starts, owners }: Lessons) {
  const { hashes } = vocabulary
  const table = tableOf(vocabulary)
  const fresh = new Map<number, number>()
  const wanted = new Map<number, Set<number>>()
  for (const { entry, features } of texts) {
    for (const feature of features) {
      const known = table.rowOf(feature)
      const row = known >= 0 ? known : (fresh.get(feature) ?? hashes.length + fresh.size)
      if (known < 0) fresh.set(feature, row)
      else if (owners.subarray(starts[row], starts[row + 1]).includes(entry)) continue
      wanted.set(row, (wanted.get(row) ?? new Set()).add(entry))
    }
  }
  const inOrder = Array.from(wanted, ([row, entries]) => ({ row, entries: [...entries] }))
  return { fresh: [...fresh.keys()], wanted: inOrder.sort((a, b) => a.row - b.row) }
}
