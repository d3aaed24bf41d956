import { expect, test } from 'vitest'
import { coverageOf } from './coverage.ts'

/** Two entries: the first one's texts have the words 0 and 1, the second one's 1 and 2. Word 0 is the rarest. */
const lessons = {
  entries: 2,
  balance: { words: 4, meaning: 4 },
  vocabulary: {
    hashes: Uint32Array.of(10, 11, 12),
    rarity: Float32Array.of(2, 1, 1),
    texts: Math.expm1(2),
  },
  starts: Int32Array.of(0, 1, 3, 4),
  owners: Int32Array.of(0, 0, 1, 1),
  weights: new Float32Array(4),
  meanings: new Float32Array(0),
  bias: new Float32Array(2),
}

test('each entry covers what its texts have of a message, a telling word more than a common one', () => {
  const { byAll, byEntry } = coverageOf(lessons, Int32Array.of(0, 1), 2)
  expect([...byEntry]).toEqual([1, 0.2])
  expect(byAll).toBe(1)
})

test('words that no text has count as the most telling', () => {
  const { byAll, byEntry } = coverageOf(lessons, Int32Array.of(1), 2)
  expect(byAll).toBeCloseTo(1 / 5)
  expect([...byEntry]).toEqual([expect.closeTo(1 / 5), expect.closeTo(1 / 5)])
  expect(coverageOf(lessons, new Int32Array(0), 3).byAll).toBe(0)
})
