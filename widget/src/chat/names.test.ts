import { expect, test } from 'vitest'
import { initials } from './names.ts'

test.each([
  ['Sam', 'S'],
  ['Ada Lovelace', 'AL'],
  ['Ada King Lovelace', 'AL'],
  ['  ada   lovelace  ', 'AL'],
  ['élodie', 'É'],
  ['李小龙', '李'],
  ['𠮷野', '𠮷'],
  ['😀 Sam', '😀S'],
  ['', ''],
  ['   ', ''],
])('the letters for "%s" are "%s"', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
