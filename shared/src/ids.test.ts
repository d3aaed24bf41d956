import { expect, test } from 'vitest'
import { type IdPrefix, idPattern, newId, randomText } from './ids.ts'

const PREFIXES: IdPrefix[] = ['cv', 'ms', 'vi', 'ag', 'mk']

test('an id says what it is and fits the pattern of its kind, and of no other', () => {
  for (const prefix of PREFIXES) {
    const id = newId(prefix)
    expect(PREFIXES.filter(other => idPattern(other).test(id))).toEqual([prefix])
  }
})

test('an id that is a little off fits no pattern', () => {
  const id = newId('cv')
  for (const off of [
    '',
    'cv_',
    id.slice(0, -1),
    `${id}A`,
    `${id}\n`,
    ` ${id}`,
    id.toUpperCase(),
    id.replace('cv_', 'cv-'),
    `${id.slice(0, -1)}+`,
    `${id.slice(0, -1)}=`,
    `${id.slice(0, -1)}é`,
    `${id}\n${id}`,
  ]) {
    expect(idPattern('cv').test(off), JSON.stringify(off)).toBe(false)
  }
})

test('ten thousand ids are ten thousand different ones', () => {
  const ids = new Set(Array.from({ length: 10_000 }, () => newId('ms')))
  expect(ids.size).toBe(10_000)
})

test('every character of an id is as random as 128 bits allow', () => {
  const ids = Array.from({ length: 2000 }, () => newId('mk').slice(3))
  const kinds = Array.from({ length: 22 }, (_, place) => new Set(ids.map(id => id[place])).size)
  // 21 characters carry 6 bits each; the last one carries the 2 bits that are left of 128.
  expect(kinds).toEqual([...Array.from({ length: 21 }, () => 64), 4])
  expect(new Set(ids.map(id => id.at(-1)))).toEqual(new Set(['A', 'Q', 'g', 'w']))
})

test('random bytes are written as base64url without padding', () => {
  const lengths = [0, 1, 2, 3, 4, 16, 32].map(bytes => randomText(bytes).length)
  expect(lengths).toEqual([0, 2, 3, 4, 6, 22, 43])
  expect(randomText(300)).toMatch(/^[A-Za-z0-9_-]{400}$/)
})
