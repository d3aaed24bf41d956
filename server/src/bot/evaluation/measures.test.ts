import { describe, expect, test } from 'vitest'
import {
  type Answered,
  answeredOf,
  auroc,
  calibrationError,
  interval,
  oosRecall,
  overLanguages,
  precision,
  rightAt95,
  rightOf,
  shipped,
  top,
} from './measures.ts'

/** A question that an entry answers, which stands at this rank, found with this confidence; answered from 0.5 on. */
const inside = (rank: number, confidence = 0.9, language = 'en'): Answered => ({
  language,
  isInScope: true,
  rank,
  confidence,
  isAnswered: confidence >= 0.5,
})

/** A question that no entry answers. */
const outside = (confidence: number, language = 'en'): Answered => ({
  ...inside(0, confidence, language),
  isInScope: false,
})

const times = (count: number, one: Answered): Answered[] => Array.from({ length: count }, () => one)

test('top-k is the share of questions in scope whose entry stands among the first k', () => {
  const asked = [inside(1), inside(2), inside(3), inside(0), outside(0.9)]
  expect([1, 2, 3].map(k => top(asked, k))).toEqual([0.25, 0.5, 0.75])
  expect(top([outside(0.9)], 1)).toBeNaN()
})

describe('AUROC', () => {
  test('counts the pairs that confidence puts in order, and ties half', () => {
    // 0.9 is above both, 0.6 above one and level with the other, 0.3 above one: 4.5 of 6.
    const asked = [inside(1, 0.9), inside(2, 0.6), inside(1, 0.3), outside(0.6), outside(0.2)]
    expect(auroc(asked)).toBe(0.75)
  })

  test('is 1 where all in scope are above, 0 where all are below, a half where all are level', () => {
    expect(auroc([inside(1, 0.9), outside(0.1)])).toBe(1)
    expect(auroc([inside(1, 0.1), outside(0.9)])).toBe(0)
    expect(auroc([inside(1, 0.5), inside(1, 0.5), outside(0.5)])).toBe(0.5)
  })

  test('says nothing where nobody is in or nobody is out of scope', () => {
    expect(auroc([inside(1)])).toBeNaN()
    expect(auroc([outside(0.1)])).toBeNaN()
  })
})

describe('right@95', () => {
  test('goes down as far as 95 of 100 answers are right', () => {
    const good = [...times(19, inside(1, 0.9)), inside(2, 0.8), inside(1, 0.7)]
    expect(rightAt95(good)).toBe(20 / 21)
    const worse = [...times(19, inside(1, 0.9)), ...times(2, inside(2, 0.8)), ...times(10, inside(1, 0.7))]
    expect(rightAt95(worse)).toBe(19 / 31)
  })

  test('counts an answer to what no entry answers as wrong', () => {
    expect(rightAt95([outside(0.95), ...times(19, inside(1, 0.9))])).toBe(1)
    expect(rightAt95([outside(0.95), ...times(18, inside(1, 0.9))])).toBe(0)
  })

  test('takes all of the same confidence or none of them', () => {
    expect(rightAt95([...times(18, inside(1, 0.9)), inside(2, 0.9)])).toBe(0)
    expect(rightAt95([...times(18, inside(1, 0.9)), inside(2, 0.8)])).toBe(18 / 19)
  })
})

test('what the thresholds make of it is told of questions in scope, of answers, of questions out of scope', () => {
  const asked = [...times(3, inside(1)), inside(2), inside(1, 0.4), outside(0.9), ...times(3, outside(0.1))]
  expect(answeredOf(asked)).toBe(4 / 5)
  expect(rightOf(asked)).toBe(3 / 5)
  expect(precision(asked)).toBe(3 / 5)
  expect(oosRecall(asked)).toBe(3 / 4)
  const ece = calibrationError(asked)
  expect(shipped(asked)).toEqual({ answered: 4 / 5, right: 3 / 5, precision: 3 / 5, oosRecall: 3 / 4, ece })
})

test('a share of nothing is not a number', () => {
  expect(precision([inside(1, 0.1)])).toBeNaN()
  expect(oosRecall([inside(1)])).toBeNaN()
  expect(answeredOf([outside(0.1)])).toBeNaN()
  expect(rightOf([outside(0.1)])).toBeNaN()
  expect(calibrationError([])).toBeNaN()
})

describe('the calibration error', () => {
  test('is how far promises and right answers lie apart, tenth by tenth', () => {
    // Two promised 0.95, one right: 0.45 apart. Two promised 0.25, none right: 0.25 apart.
    const asked = [inside(1, 0.95), inside(2, 0.95), inside(0, 0.25), outside(0.25)]
    expect(calibrationError(asked)).toBeCloseTo(0.35, 10)
  })

  test('weighs a tenth by how many questions it has', () => {
    expect(calibrationError([...times(3, inside(1, 0.95)), inside(2, 0.25)])).toBeCloseTo(0.1, 10)
  })

  test('is none where promises are kept, and knows no tenth above the last', () => {
    expect(calibrationError([inside(1, 1), outside(0)])).toBe(0)
    expect(calibrationError([inside(2, 1), inside(1, 0.95)])).toBeCloseTo(0.475, 10)
  })
})

describe('the interval', () => {
  const right = (all: Answered[]) => top(all, 1)

  test('lies around the measure, the narrower the more were asked', () => {
    const [low, high] = interval([...times(80, inside(1)), ...times(20, inside(2))], right)
    // The binomial spread of 80 of 100 is 4 points: 72 to 88.
    expect(low).toBeCloseTo(0.72, 1)
    expect(high).toBeCloseTo(0.88, 1)
    const [lower, higher] = interval([...times(8, inside(1)), ...times(2, inside(2))], right)
    expect(lower).toBeLessThan(low)
    expect(higher).toBeGreaterThan(high)
  })

  test('is the same each time', () => {
    const asked = [inside(1), inside(2), inside(1)]
    expect(interval(asked, right)).toEqual(interval(asked, right))
  })

  test('leaves out draws that have nothing to measure', () => {
    expect(interval([inside(1), outside(0.1)], oosRecall)).toEqual([1, 1])
    expect(interval([inside(1)], oosRecall)).toEqual([Number.NaN, Number.NaN])
  })
})

test('languages count alike however many were asked in them, and the worst is named', () => {
  const asked = [
    ...times(8, inside(1, 0.9, 'en')),
    inside(1, 0.9, 'fr'),
    inside(2, 0.9, 'fr'),
    outside(0.1, 'zh'),
  ]
  expect(overLanguages(asked, some => top(some, 1))).toEqual({ macro: 0.75, worst: 0.5, worstIn: 'fr' })
})

test('where no language has the measure there is no worst one', () => {
  const none = overLanguages([outside(0.1)], some => top(some, 1))
  expect(none).toEqual({ macro: Number.NaN, worst: Number.NaN, worstIn: undefined })
})
