import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test.each([
  ['where is my money', 'en'],
  ['¿dónde está mi dinero?', 'es'],
  ['cadê o meu dinheiro que eu mandei ontem', 'pt'],
  ["où est l'argent que j'ai envoyé", 'fr'],
  ['param nerede, dün gönderdim', 'tr'],
  ['tiền của tôi đâu rồi', 'vi'],
  ['tien cua toi dau roi', 'vi'],
  ['uang saya kok belum masuk ya', 'id'],
  ['где мои деньги', 'ru'],
  ['我的钱呢', 'zh'],
  ['私のお金はどこですか', 'ja'],
  ['제 돈은 어디 있나요', 'ko'],
  ['أين أموالي', 'ar'],
  ['USDT 提现 TRC20 失败 error', 'zh'],
])('a language is known by its script and its words: %s', (text, language) => {
  expect(languageOf(text)).toBe(language)
})

test.each(['', '2FA', '0.5 BTC', '???', '😀', 'x'])('what every language says is no language: %s', text => {
  expect(languageOf(text)).toBeUndefined()
})

test('Chinese characters alone are Japanese on a Japanese page', () => {
  expect(languageOf('出金手数料')).toBe('zh')
  expect(languageOf('出金手数料', 'ja')).toBe('ja')
  expect(languageOf('裁判所、弁護士、公的機関から届いた書面')).toBe('ja')
})

test('a language that the pack lacks is believed to the page, where its script is the one found', () => {
  expect(languageOf('де мої гроші', 'uk')).toBe('uk')
  expect(languageOf('پول من کجاست', 'fa')).toBe('fa')
  expect(languageOf('where is my money', 'uk')).toBe('en')
  expect(languageOf('где мои деньги', 'no-such')).toBe('ru')
})

test.each([
  ['hi', 'vi', 'vi'],
  ['test', 'tr', undefined],
  ['selam', 'tr', 'tr'],
  ['staking', 'fr', undefined],
  ['0x3fC91A3afd70395Cd496C647d5a6CC9D4B2b7FAD', 'en', undefined],
])('one word alone is no other language than the page has: %s', (text, page, language) => {
  expect([language, undefined, page]).toContain(languageOf(text, page))
})
