import { expect, test } from 'vitest'
import { normalise, termsOf } from './normalise.ts'

test.each([
  ['capitals', 'My DEPOSIT', 'my deposit'],
  ['punctuation', 'where is my deposit?!', 'where is my deposit'],
  ['apostrophes', "it hasn't arrived", 'it hasn t arrived'],
  ['white space of any kind', '  my\t\n deposit\u00a0now\u3000', 'my deposit now'],
  ['accents', 'Où est mon dépôt', 'ou est mon depot'],
  ['accents that stand apart', 'de\u0301po\u0302t', 'depot'],
  ['wide letters of a Chinese keyboard', 'ＵＳＤＴ　充值', 'usdt 充值'],
  ['ligatures', 'conﬁrmed', 'confirmed'],
  ['emoji', 'help 😡😡', 'help'],
  ['Chinese punctuation', '提现，卡住了！', '提现 卡住了'],
  ['nothing but punctuation', '?!… —', ''],
  ['nothing', '', ''],
])('%s are evened out before words are compared', (_, text, plain) => {
  expect(normalise(text)).toBe(plain)
  expect(normalise(plain)).toBe(plain)
})

test('Korean syllables stay whole', () => {
  expect(normalise('출금')).toBe('출금')
})

test('words of a script with spaces are its terms', () => {
  expect(termsOf('Where is my deposit?')).toEqual(['where', 'is', 'my', 'deposit'])
  expect(termsOf('')).toEqual([])
  expect(termsOf('?!')).toEqual([])
})

test('a run of a script without spaces becomes overlapping pairs, a single character itself', () => {
  expect(termsOf('提现卡住')).toEqual(['提现', '现卡', '卡住'])
  expect(termsOf('币')).toEqual(['币'])
})

test('mixed scripts are split where they meet', () => {
  expect(termsOf('usdt充值没到')).toEqual(expect.arrayContaining(['usdt', '充值', '值没', '没到']))
  expect(termsOf('usdt充值没到')).toHaveLength(4)
})

test('a rare Han character outside the basic plane is one character of its pairs', () => {
  const terms = termsOf('𠮷野家')
  expect(terms.every(term => term.isWellFormed())).toBe(true)
  expect(terms).toEqual(['𠮷野', '野家'])
})
