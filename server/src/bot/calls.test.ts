import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadFaq } from './faq.ts'
import { ALLOWED_WRONG, faqBot } from './faq-bot.ts'
import { knowledgeOf } from './knowledge.ts'
import { openModel } from './match/model.ts'

const model = openModel()
const known = knowledgeOf(loadFaq(resolve(import.meta.dirname, '../../../demo/faq')), model)
const bot = faqBot(() => known, model.judge.answerAt, ALLOWED_WRONG)

/** What is done about a message: the reason for which a person is called, or what the bot says. */
function done(text: string): string {
  const reply = bot.reply({ text, locale: 'en' })
  if (reply.kind === 'human') return reply.reason
  return reply.kind === 'answer' && reply.handOver ? reply.handOver : reply.kind
}

test.each([
  'I got liquidated and I want to die',
  'what are the fees? also someone withdrew coins from my account without me',
  'me liquidaron todo y me voy a quitar la vida',
  'someone called and I gave him my seed phrase, what now',
  'my balance is suddenly zero and I did nothing',
  '余额突然变成0了，我什么都没操作',
  'dolandırıcıya kodumu verdim',
  'my lawyer will sue you if this is not answered by Friday',
  'cybercrime police, we need an account frozen',
])('what cannot wait is heard beside whatever else is said: %s', text => {
  expect(done(text)).toBe('urgent')
})

test.each([
  'no complaints, all good',
  'I do not need an agent, I found it',
  'nobody hacked me lol',
  '不用转人工了，谢谢',
  'no quiero hablar con una persona',
  'этот график меня убивает',
  'je suis mort de rire',
  '我的微博账号被盗',
  'are you a robot',
])('what only sounds like it calls nobody: %s', text => {
  expect(done(text)).not.toMatch(/urgent|complaint|asked/)
})

test.each([
  'get me your supervisor',
  'I need somebody to look into my case',
  'stop giving me articles, I want somebody to look at it',
])('a person is wanted, whatever they are called: %s', text => {
  expect(done(text)).toBe('asked')
})

test('crisis and legal letters are never one button among others', () => {
  const offered = [
    'i cant take it anymore',
    'deadline',
    'court',
    'the tax deadline',
    '困死了',
    'dying here',
  ].flatMap(text => {
    const reply = bot.reply({ text, locale: 'en' })
    return reply.kind === 'offer' ? reply.options.map(({ entryId }) => entryId) : []
  })
  expect(offered).not.toContain('crisis')
  expect(offered).not.toContain('legal_deadline')
})

test.each(['hi', 'Hello!', 'thank you very much', '谢谢', 'спасибо', 'merci beaucoup'])(
  'a greeting or thanks is no question: %s',
  text => {
    expect(done(text)).toBe('courtesy')
  },
)
