import { expect, test } from 'vitest'
import { featuresOf } from './features.ts'
import { fold } from './fold.ts'

test.each([
  ['Ｗｈｅｒｅ  IS my DEPOSIT', 'where is my deposit'],
  ['rút tiền chậm quá', 'rut tien cham qua'],
  ['şifremi UNUTTUM, ısrarla', 'sifremi unuttum israrla'],
  ['نَسِيتُ كَلِمَةَ السِّرِّ', 'نسيت كلمه السر'],
  ['أ إ آ ى ة', 'ا ا ا ي ه'],
  ['轉人工客服', '转人工客服'],
  ["don't can’t", 'dont cant'],
  ['plssssss heeelp', 'plss heelp'],
  ['0.5 BTC, 1,000 USDT', '# btc # usdt'],
  ['sent to 0x3fC91A3afd70395Cd496C647d5a6CC9D4B2b7FAD now', 'sent to @ now'],
])('what typists leave out or write differently is one: %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('Korean stays in its syllables', () => {
  expect(fold('출금이 안 돼요')).toBe('출금이 안 돼요')
})

test('a text with slips of the finger shares most of its features with the one that was meant', () => {
  const share = (a: string, b: string) => {
    const known = new Set(featuresOf(a))
    const other = featuresOf(b)
    return other.filter(feature => known.has(feature)).length / other.length
  }
  expect(share('my withdrawal is pending', 'my withdrwal is pending')).toBeGreaterThan(0.6)
  expect(share('提现一直没到账', '提现一直没有到账')).toBeGreaterThan(0.6)
  expect(share('my withdrawal is pending', 'banana bread recipe')).toBeLessThan(0.1)
})

test('a text without letters has no features', () => {
  expect(featuresOf('😡 !!! …')).toHaveLength(0)
})
