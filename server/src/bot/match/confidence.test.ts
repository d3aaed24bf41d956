import { expect, test } from 'vitest'
import { answerFrom, chancesOf, type Judgement } from './confidence.ts'
import { SIGNS } from './evidence.ts'

/** Believes the first sign, as it is. */
const plain: Judgement = { into: [], out: [0], past: [1] }
const judge = { linked: plain, foreign: { ...plain, past: [0.5] } }
const candidate = (sign: number, isLinked = true) => ({
  isLinked,
  evidence: Float64Array.from({ length: SIGNS }, (_, index) => (index === 0 ? sign : 0)),
})

test('candidates share one chance among them and with none of them', () => {
  const chances = chancesOf(judge, [candidate(1), candidate(1), candidate(-2, false)])
  const rest = 1 + 2 * Math.E + 1 / Math.E
  expect(chances[0]).toBeCloseTo(Math.E / rest)
  expect(chances[1]).toBeCloseTo(Math.E / rest)
  expect(chances[2]).toBeCloseTo(1 / Math.E / rest)
})

test('a rival as likely halves what one is sure of', () => {
  expect(chancesOf(judge, [candidate(8)])[0]).toBeGreaterThan(0.99)
  expect(chancesOf(judge, [candidate(8), candidate(8)])[0]).toBeCloseTo(0.5, 2)
})

test('where nothing was found nothing is likely', () => {
  expect(chancesOf(judge, [])).toHaveLength(0)
})

test('the allowed share of wrong answers sets the threshold: the next stricter one, or the strictest there is', () => {
  const thresholds: [number, number][] = [
    [0.01, 0.95],
    [0.05, 0.7],
    [0.1, 0.5],
  ]
  expect(answerFrom(thresholds, 0.05)).toBe(0.7)
  expect(answerFrom(thresholds, 0.07)).toBe(0.7)
  expect(answerFrom(thresholds, 0.001)).toBe(0.95)
  expect(answerFrom([], 0.05)).toBe(1)
})
