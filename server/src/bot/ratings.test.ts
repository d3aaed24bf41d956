import { expect, test } from 'vitest'
import { believed, shiftOf } from './ratings.ts'

const rated = (count: number, confidence: number, helped: boolean) =>
  Array.from({ length: count }, () => ({ confidence, helped }))

test('without ratings a promise is what it is', () => {
  expect(shiftOf([])).toBe(0)
  expect(believed(0.8, 0)).toBe(0.8)
})

test('a few ratings move little, many move to what visitors say', () => {
  const few = shiftOf(rated(3, 0.9, false))
  const many = shiftOf([...rated(70, 0.9, true), ...rated(30, 0.9, false)])
  expect(few).toBeLessThan(0)
  expect(believed(0.9, many)).toBeGreaterThan(0.68)
  expect(believed(0.9, many)).toBeLessThan(0.78)
})

test('promises that are kept stay, and nobody moves them without end', () => {
  expect(Math.abs(shiftOf([...rated(90, 0.9, true), ...rated(10, 0.9, false)]))).toBeLessThan(0.05)
  expect(shiftOf(rated(10_000, 0.99, false))).toBe(-1.5)
  expect(shiftOf(rated(10_000, 0.5, true))).toBe(1.5)
})

test('what was pressed or asked word for word was no guess, and moves nothing', () => {
  expect(shiftOf(rated(500, 1, false))).toBe(0)
  expect(shiftOf(rated(500, 0.999, false))).toBe(0)
})
