import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type FaqEntry, loadFaq } from './faq.ts'
import { searchEngine } from './search-engine.ts'

const faq = loadFaq(resolve(import.meta.dirname, '../../../demo/faq'))
const bot = searchEngine(faq)
const ask = (text: string, locale = 'en') => bot.reply({ text, locale })

function entry(id: string, wordings: Record<string, [question: string, ...phrasings: string[]]>): FaqEntry {
  const languages: FaqEntry['languages'] = new Map()
  for (const [tag, [question, ...phrasings]] of Object.entries(wordings)) {
    languages.set(tag, { question, phrasings, answer: `answer of ${id} in ${tag}` })
  }
  return { id, topic: 'test', reviewed: '2026-11-01', version: 2, languages }
}

test('every question and phrasing of the shipped FAQ is answered with its own entry, in its own language', () => {
  let asked = 0
  for (const { id, languages } of faq) {
    for (const [language, { question, phrasings }] of languages) {
      for (const text of [question, ...phrasings]) {
        asked++
        expect(ask(text), text).toMatchObject({ kind: 'answer', entry: { id }, language })
      }
    }
  }
  expect(asked).toBeGreaterThan(300)
})

test('an answer quotes the reviewed wording with its title, version and date', () => {
  const [fees] = faq.filter(one => one.id === 'trading_fees')
  expect(ask('trading fees')).toEqual({
    kind: 'answer',
    text: fees?.languages.get('en')?.answer,
    language: 'en',
    entry: { id: 'trading_fees', title: 'What are the trading fees?', version: 1, reviewed: '2026-10-20' },
  })
})

test.each([
  ['WHERE IS MY DEPOSIT???', 'deposit_missing'],
  ['withdrawal pendng', 'withdraw_pending'],
  ['Deposit not arived', 'deposit_missing'],
  ['what are the tradng fees', 'trading_fees'],
  ['lost phone', 'lost_2fa'],
  ['提现一直在处理中', 'withdraw_pending'],
  ['手续费', 'trading_fees'],
])('a question with typos, or in other words, is understood: %s', (text, id) => {
  expect(ask(text)).toMatchObject({ kind: 'answer', entry: { id } })
})

test.each([
  'what is the weather in Lisbon on sunday',
  'asdfghjkl qwertz',
  '今天天气怎么样',
  '?!',
  '😡😡😡',
  '',
])('what the FAQ does not know is not guessed at: %s', text => {
  expect(ask(text)).toEqual({ kind: 'unsure' })
})

test.each(['deposit', 'withdrawal', 'where are my coins', 'wrong network', 'deposit withdrawal'])(
  'a question that could mean several entries is answered with at most three buttons: %s',
  text => {
    const reply = ask(text)
    const options = reply.kind === 'offer' ? reply.options : []
    expect(reply.kind).toBe('offer')
    expect(options.length).toBeGreaterThan(0)
    expect(options.length).toBeLessThanOrEqual(3)
    expect(new Set(options.map(option => option.entryId)).size).toBe(options.length)
    for (const { entryId, title } of options) {
      const known = faq.find(one => one.id === entryId)
      expect(title).toBe(known?.languages.get('en')?.question)
    }
  },
)

test('two entries that are equally near are both offered, neither is answered', () => {
  const twins = searchEngine([
    entry('spot', { en: ['How do I close a spot order'] }),
    entry('margin', { en: ['How do I close a margin order'] }),
  ])
  expect(twins.reply({ text: 'how do i close an order', locale: 'en' })).toMatchObject({
    kind: 'offer',
    options: expect.arrayContaining([
      expect.objectContaining({ entryId: 'spot' }),
      expect.objectContaining({ entryId: 'margin' }),
    ]),
  })
})

test('a button is answered with exactly its entry, whatever the words say', () => {
  for (const text of ['', 'human', 'trading fees']) {
    expect(bot.reply({ text, locale: 'zh-Hans', entryId: 'kyc_time' })).toMatchObject({
      kind: 'answer',
      entry: { id: 'kyc_time' },
      language: 'zh-Hans',
    })
  }
})

test('a button that no longer exists is taken by its words', () => {
  for (const entryId of ['gone', '__proto__', 'constructor']) {
    expect(bot.reply({ text: 'trading fees', locale: 'en', entryId })).toMatchObject({
      entry: { id: 'trading_fees' },
    })
    expect(bot.reply({ text: 'lorem ipsum', locale: 'en', entryId })).toEqual({ kind: 'unsure' })
  }
})

test('who asks for a person in words gets one, before any search', () => {
  for (const text of ['human', 'Agent please!', '转人工']) expect(ask(text)).toEqual({ kind: 'human' })
})

test('a language we do not have is answered in English and says so', () => {
  const press = (locale: string) => bot.reply({ text: '', locale, entryId: 'kyc_time' })
  expect(press('fr')).toMatchObject({ language: 'en' })
  expect(press('fr-CA')).toMatchObject({ language: 'en' })
  expect(press('en-GB')).toMatchObject({ language: 'en' })
  expect(press('zh')).toMatchObject({ language: 'zh-Hans' })
  expect(press('zh-CN')).toMatchObject({ language: 'zh-Hans' })
})

test('an entry without the language is answered in English, without English in what there is', () => {
  const small = searchEngine([
    entry('only_en', { en: ['How do I stake'] }),
    entry('only_fr', { fr: ['Comment retirer'] }),
  ])
  const press = (entryId: string, locale: string) => small.reply({ text: '', locale, entryId })
  expect(press('only_en', 'zh-Hans')).toMatchObject({ language: 'en', text: 'answer of only_en in en' })
  expect(press('only_fr', 'de')).toMatchObject({ language: 'fr', text: 'answer of only_fr in fr' })
})

test('who writes Chinese is answered in Chinese, whatever language the page has', () => {
  expect(ask('提现一直在处理中', 'en')).toMatchObject({ kind: 'answer', language: 'zh-Hans' })
  expect(ask('提现', 'en')).toMatchObject({
    kind: 'offer',
    options: [{ entryId: 'withdraw_pending', title: '提现一直未完成' }],
  })
})

test('words that are asked the same way in two languages are answered in that of the page', () => {
  const both = searchEngine([
    entry('kyc', { en: ['How long does it take', 'KYC'], 'zh-Hans': ['身份认证', 'kyc'] }),
  ])
  expect(both.reply({ text: 'kyc', locale: 'zh-Hans' })).toMatchObject({ language: 'zh-Hans' })
  expect(both.reply({ text: 'kyc', locale: 'en' })).toMatchObject({ language: 'en' })
})

test('the topics of the home screen are all entries in the language of the page', () => {
  expect(bot.topics('en').map(option => option.entryId)).toEqual(faq.map(one => one.id))
  expect(bot.topics('zh-CN')[0]).toEqual({ entryId: 'account_hacked', title: '我的账户被盗了' })
})

test('an FAQ without entries answers nothing and breaks nothing', () => {
  const empty = searchEngine([])
  expect(empty.reply({ text: 'where is my deposit', locale: 'en' })).toEqual({ kind: 'unsure' })
  expect(empty.reply({ text: 'human', locale: 'en' })).toEqual({ kind: 'human' })
  expect(empty.topics('en')).toEqual([])
})

test('words that are also names inside JavaScript do no harm', () => {
  for (const text of ['constructor', '__proto__', 'hasOwnProperty toString', 'x'.repeat(4000)]) {
    expect(ask(text)).toEqual({ kind: 'unsure' })
  }
})
