import { FeatureTable } from './feature-table.ts'
import { type Lessons, learnOneMore, type Text } from './own-words.ts'
import { joined, rarityOf, readerOf, type Sparse } from './words.ts'

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
  const room = owners.length + texts.reduce((sum, { features }) => sum + features.length, 0)
  const more = {
    starts: new Int32Array(rows + 1),
    owners: new Int32Array(room),
    weights: new Float32Array(room),
  }
  let next = 0
  for (let row = 0; row < rows; row++) {
    const end = starts[row + 1] ?? 0
    for (let place = starts[row] ?? 0; place < end; place++) {
      more.owners[next] = owners[place]!
      more.weights[next++] = weights[place]!
    }
    for (const entry of wanted.get(row) ?? []) more.owners[next++] = entry
    more.starts[row + 1] = next
  }
  return {
    ...lessons,
    vocabulary: {
      ...vocabulary,
      hashes: joined(hashes, Uint32Array.from(fresh)),
      rarity: joined(rarity, new Float32Array(fresh.length).fill(rarityOf(1, vocabulary.texts))),
    },
    starts: more.starts,
    owners: more.owners.slice(0, next),
    weights: more.weights.slice(0, next),
    meanings: lessons.meanings.slice(),
    bias: lessons.bias.slice(),
  }
}

/** The words that have no row, and by row the entries that have no weight there. */
function newPlaces(texts: readonly Text[], { vocabulary, starts, owners }: Lessons) {
  const { hashes } = vocabulary
  const table = new FeatureTable(hashes)
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
  return { fresh: [...fresh.keys()], wanted }
}
