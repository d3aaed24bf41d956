import { expect, test } from 'vitest'
import { learnOwnWords } from './balance.ts'
import { openEncoder, readWeights, softmax } from './encoder.ts'
import { featuresOf } from './features.ts'
import { ownScores, type Text } from './own-words.ts'
import { readerOf } from './words.ts'

const encoder = openEncoder(readWeights())
const read = (text: string, entry = 0): Text => {
  const features = featuresOf(text)
  return { entry, features, vector: encoder.encode(features).vector }
}

/** More entries than compete for one text: each about a thing of its own, said in three ways. */
const SYLLABLES = ['ba', 'ce', 'di', 'fo', 'gu', 'ke', 'lo', 'mi']
const THINGS = Array.from(
  { length: 60 },
  (_, entry) => `${SYLLABLES[entry % 8]}z${SYLLABLES[Math.floor(entry / 8)]}x`,
)
const texts = THINGS.flatMap((thing, entry) =>
  [`where is my ${thing}`, `the ${thing} is broken`, `may I return a ${thing}`].map(text =>
    read(text, entry),
  ),
)
const { lessons, words } = learnOwnWords(texts, { entries: THINGS.length, dimensions: encoder.dimensions })

function nearest(text: string): number {
  const { features, vector } = read(text)
  const scores = ownScores(lessons, readerOf(lessons.vocabulary)(features), vector)
  return scores.indexOf(Math.max(...scores))
}

test('the words that tell one entry from all others are learned', () => {
  for (const [entry, thing] of THINGS.entries()) expect(nearest(`do you sell the ${thing}`)).toBe(entry)
})

test('what is typical of two entries alike is unlearned where their texts differ by a word', () => {
  const alike = [
    ['the quaz blorp fenn is late', 'late is the quaz blorp fenn', 'why is the quaz blorp fenn late'],
    ['the quaz blorp fenn is lost', 'quaz'],
  ].flatMap((own, entry) => own.map(text => read(text, entry)))
  const learned = learnOwnWords(alike, { entries: 2, dimensions: encoder.dimensions })
  const chanceOf = (text: string, entry: number) => {
    const { features, vector } = read(text)
    const own = readerOf(learned.lessons.vocabulary)(features)
    return softmax(ownScores(learned.lessons, own, vector))[entry]
  }
  expect(chanceOf('the quaz blorp fenn is lost', 1)).toBeGreaterThan(0.9)
  expect(chanceOf('the quaz blorp fenn is late', 0)).toBeGreaterThan(0.9)
})

test('an entry has a weight for each word of its texts, and no other', () => {
  const { owners, starts, vocabulary, weights } = lessons
  expect(weights).toHaveLength(owners.length)
  expect(starts).toHaveLength(vocabulary.hashes.length + 1)
  const had = THINGS.map(() => new Set<number>())
  texts.forEach(({ entry }, index) => {
    for (const row of words[index]?.rows ?? []) had[entry]?.add(row)
  })
  for (let row = 0; row < vocabulary.hashes.length; row++) {
    const whose = [...owners.subarray(starts[row], starts[row + 1])]
    expect(whose).toEqual(THINGS.flatMap((_, entry) => (had[entry]?.has(row) ? [entry] : [])))
  }
})

test('words that the FAQ has never seen say nothing', () => {
  expect(readerOf(lessons.vocabulary)(featuresOf('xylofoon')).rows).toHaveLength(0)
})
