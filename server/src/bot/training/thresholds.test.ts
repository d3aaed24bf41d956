import { expect, test } from 'vitest'
import type { Judgement } from '../match/confidence.ts'
import { SIGNS } from '../match/evidence.ts'
import type { Visit } from './play.ts'
import { thresholdsOf } from './thresholds.ts'

/** Believes the first sign, as it is. */
const plain: Judgement = { into: [], out: [0], past: [1] }
const judge = { linked: plain, foreign: plain }
const visit = (odds: number, isRight: boolean, isLinked = true): Visit => [
  {
    entry: 0,
    isLinked,
    isRight,
    evidence: Float64Array.from({ length: SIGNS }, (_, sign) => (sign === 0 ? odds : 0)),
  },
]
const many = (count: number, one: Visit) => Array.from({ length: count }, () => one)
const at = (visits: Visit[], share: number, inHand = 0) =>
  thresholdsOf(visits, judge, true, inHand).find(([wrong]) => wrong === share)?.[1]

test('the threshold is the lowest above which no more answers were wrong than are allowed, less what is kept in hand', () => {
  // Of 100 answers from odds of 2 on 4 were wrong, of 200 from odds of 1 on 24.
  const visits = [
    ...many(96, visit(2, true)),
    ...many(4, visit(2, false)),
    ...many(80, visit(1, true)),
    ...many(20, visit(1, false)),
  ]
  expect(at(visits, 0.05)).toBeCloseTo(1 / (1 + Math.exp(-2)), 3)
  expect(at(visits, 0.15)).toBeCloseTo(1 / (1 + Math.exp(-1)), 3)
  expect(at(visits, 0.05, 0.3)).toBe(1)
})

test('where every answer was wrong nothing is sure enough', () => {
  expect(at(many(50, visit(3, false)), 0.2)).toBe(1)
})

test('only visits count whose likeliest entry is of the kind', () => {
  const visits = [...many(50, visit(2, true)), ...many(50, visit(1, false, false))]
  expect(at(visits, 0.01)).toBeCloseTo(1 / (1 + Math.exp(-2)), 3)
})
