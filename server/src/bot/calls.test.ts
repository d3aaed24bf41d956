import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadFaq } from './faq.ts'
import { ALLOWED_WRONG, faqBot } from './faq-bot.ts'
import { knowledgeOf } from './knowledge.ts'
import { openModel } from './match/model.ts'

const model = openModel()
const FAQ = resolve(import.meta.dirname, '../../../demo/faq')
const known = knowledgeOf(loadFaq(FAQ), model)
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
  'No agent answers! My account was hacked',
  'hacked!! no need for an agent to call me just freeze it',
  "someone stole everything, I don't want an agent I want my money",
  "I don't need a person I want to kill myself",
  '不需要人工我不想活了',
  'I do not need an operator this is a subpoena respond within 14 days',
  'no need for an agent just freeze it I was hacked',
  'I want to kill my self',
  'kms',
  'quero morrer',
  'mau mati aja',
  '不想活了',
])('what cannot wait is heard beside whatever else is said: %s', text => {
  expect(done(text)).toBe('urgent')
})

test.each([
  'no complaints, all good',
  'I do not need an agent, I found it',
  'nobody hacked me lol',
  "my account wasn't hacked, I forgot the password",
  'no, agent is not needed',
  '不用转人工了，谢谢',
  'no quiero hablar con una persona',
  'этот график меня убивает',
  'je suis mort de rire',
  '我的微博账号被盗',
  'are you a robot',
  'law',
  'can my account be hacked?',
  'selamat tidur',
  'melhor cripto hoje',
])('what only sounds like it calls nobody: %s', text => {
  expect(done(text)).not.toMatch(/urgent|complaint|asked/)
})

test.each([
  'get me your supervisor',
  'I need somebody to look into my case',
  'stop giving me articles, I want somebody to look at it',
  "I don't want a bot, I want a person",
  'no bots please, give me a person',
  'i need a human being please',
  '不用机器人，人工',
  'zhuan rengong',
  'не нужен бот, нужен человек',
  'no quiero hablar con un robot, quiero una persona',
  'no necesito hablar con un bot, pásame un agente',
  'não quero robô, humano!',
  'không cần bot, gặp nhân viên',
])('a person is wanted, whatever they are called: %s', text => {
  expect(done(text)).toBe('asked')
})

test.each([
  '我不得不投诉你们',
  'why is there no complaint department',
  'no complaint form on your site, how do I complain',
])('a complaint with a "not" in it is one: %s', text => {
  expect(done(text)).toBe('complaint')
})

test.each([
  'what are your support hours',
  'do you have customer service 24/7',
  '客服几点上班',
  'horaires du support',
  '고객센터는 몇 시까지 하나요',
])('who only asks when support is there is told, and nobody is called: %s', text => {
  expect(bot.reply({ text, locale: 'en' })).toMatchObject({ kind: 'answer', entry: { id: 'human' } })
  expect(done(text)).toBe('answer')
})

test('also where the operator has written that question into the entry for a person', () => {
  const entries = loadFaq(FAQ).map(entry => {
    const english = entry.languages.get('en')
    if (entry.id !== 'human' || !english) return entry
    const phrasings = [...english.phrasings, 'what are your support hours']
    return { ...entry, languages: new Map(entry.languages).set('en', { ...english, phrasings }) }
  })
  const changed = knowledgeOf(entries, model)
  const own = faqBot(() => changed, model.judge.answerAt, ALLOWED_WRONG)
  expect(own.reply({ text: 'What are your support hours?', locale: 'en' })).not.toHaveProperty('handOver')
  expect(own.reply({ text: 'talk to a human', locale: 'en' })).toMatchObject({ kind: 'human' })
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
