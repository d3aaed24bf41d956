import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadFaq, textsOf } from '../faq.ts'
import { faqBot } from '../faq-bot.ts'
import { knowledgeOf } from '../knowledge.ts'
import { openModel } from '../match/model.ts'
import type { Case } from './cases.ts'
import { runCases } from './run.ts'

const model = openModel()
const ENTRIES = [
  { id: 'fees', texts: ['What are the trading fees?'] },
  { id: 'opening', texts: ['When is the zoo open?', 'opening hours of the zoo'] },
]

const about = (text: string, entry: string | null = null, language = 'en'): Case => ({
  text,
  entry,
  language,
})

test('a question asked word for word is found first and answered, and one without words is not', () => {
  const cases = [
    about('When is the zoo open?', 'opening'),
    about('what are the trading fees', 'fees', 'fr'),
    about('???'),
  ]
  const { answered, cost } = runCases(model, ENTRIES, cases, 0.05)
  expect(answered).toEqual([
    { language: 'en', isInScope: true, rank: 1, confidence: 0.999, isAnswered: true },
    { language: 'fr', isInScope: true, rank: 1, confidence: 0.999, isAnswered: true },
    { language: 'en', isInScope: false, rank: 0, confidence: 0, isAnswered: false },
  ])
  for (const taken of Object.values(cost)) expect(taken).toBeGreaterThan(0)
  expect(cost.p99Ms).toBeGreaterThanOrEqual(cost.p50Ms)
})

test('where another entry is found first, the right one has a later rank', () => {
  const { answered } = runCases(model, ENTRIES, [about('When is the zoo open?', 'fees')], 0.05)
  expect(answered[0]?.rank).not.toBe(1)
})

test('it is counted as answered exactly where the bot answers', () => {
  const faq = loadFaq(resolve(import.meta.dirname, '../../../../demo/faq')).filter(({ id }) =>
    ['trading_fees', 'reset_password', 'kyc_time', 'min_order', 'airdrop', 'referral'].includes(id),
  )
  const known = knowledgeOf(faq, model)
  const texts = [
    'what do i pay for a trade',
    'fees',
    'password',
    'i forgot what i log in with',
    'how long until my passport is checked',
    'smallest amount',
    'free coins',
    'friends',
    'bring a friend',
    'who is your ceo',
    'order',
    'is it cheap',
  ]
  const kinds = new Set<boolean>()
  for (const allowed of [0.01, 0.05, 0.2]) {
    const bot = faqBot(() => known, model.judge.answerAt, allowed)
    const { answered } = runCases(
      model,
      faq.map(textsOf),
      texts.map(text => about(text)),
      allowed,
    )
    for (const [index, text] of texts.entries()) {
      const isAnswered = bot.reply({ text, locale: 'en' }).kind === 'answer'
      expect(answered[index]?.isAnswered, `${text} at ${allowed}`).toBe(isAnswered)
      kinds.add(isAnswered)
    }
  }
  expect(kinds).toEqual(new Set([true, false]))
})
