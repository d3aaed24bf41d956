import { expect, test } from 'vitest'
import type { Judge } from './match/confidence.ts'
import type { Match } from './match/types.ts'
import { chanceOf, sureEnough } from './sure-enough.ts'

const THRESHOLDS: Judge['answerAt'] = {
  linked: [
    [0.05, 0.7],
    [0.2, 0.4],
  ],
  foreign: [
    [0.05, 0.9],
    [0.2, 0.6],
  ],
}

const match = (confidence: number, more: Partial<Match> = {}): Match => ({
  id: 'fees',
  confidence,
  isLinked: true,
  isExact: false,
  ...more,
})

test('an answer is given from the threshold on that keeps to the allowed share of wrong ones', () => {
  const isSure = sureEnough(THRESHOLDS, 0.05)
  expect([0.69, 0.7, 0.71].map(chance => isSure(match(chance)))).toEqual([false, true, true])
  const isMoreDaring = sureEnough(THRESHOLDS, 0.2)
  expect([0.39, 0.4].map(chance => isMoreDaring(match(chance)))).toEqual([false, true])
})

test('an entry that the pack knows nothing of has a threshold of its own', () => {
  const isSure = sureEnough(THRESHOLDS, 0.05)
  expect([0.89, 0.9].map(chance => isSure(match(chance, { isLinked: false })))).toEqual([false, true])
})

test('what was asked word for word is answered, whatever visitors said of guesses', () => {
  const exact = match(0.5, { isExact: true })
  expect(chanceOf(exact, -1.5)).toBe(1)
  expect(sureEnough({ linked: [], foreign: [] }, 0.05)(exact, -1.5)).toBe(true)
  expect(sureEnough({ linked: [], foreign: [] }, 0.05)(match(0.999))).toBe(false)
})

test('what visitors said of guesses moves the chance, not the threshold', () => {
  const isSure = sureEnough(THRESHOLDS, 0.05)
  // Odds of 7 to 3 are 0.7; half a step down in their logarithm they are 0.59.
  expect(chanceOf(match(0.7), -0.5)).toBeCloseTo(0.586, 3)
  expect(isSure(match(0.7), -0.5)).toBe(false)
  expect(isSure(match(0.6), 0.5)).toBe(true)
})
