import { asksForHuman } from '@nightdesk/server/bot/human-words.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { expect, test } from 'vitest'
import { WANTS_PERSON } from '../support/bot-phrases.ts'
import { newNightdesk } from '../support/desk.ts'
import type { Ada } from '../support/people.ts'

/** Until so much has been said in the conversation; the bot's turn comes after the answer to the visitor. */
const until = (ada: Ada, words: string[]) => expect.poll(() => ada.sees()).toEqual(words)

const rate = (ada: Ada, seq: number, helped: boolean, key = newId('mk')) =>
  ada.ask('message:send', {
    conversationId: ada.conversation(),
    key,
    text: helped ? 'That helped' : 'That did not help',
    rates: { seq, helped },
  })

/** Why a person was called, as the desk is told. */
async function reasonFor(ada: Ada): Promise<string | undefined> {
  const { conversation } = await ada.ask('conversation:open', { conversationId: ada.conversation() })
  return conversation.state.status === 'queued' ? conversation.state.reason : undefined
}

test('[B2] sure, less sure, not at all: an answer, up to three entries, or a word that there is none', async () => {
  const nightdesk = await newNightdesk()
  const bodyFor = async (text: string) => {
    const ada = await nightdesk.visitor()
    await ada.says(text)
    const told = await ada.hears(tell => tell.event === 'message:added' && tell.news.author.role === 'bot')
    return told.event === 'message:added' ? told.news.body : undefined
  }
  expect(await bodyFor('what are the trading fees')).toMatchObject({
    kind: 'answer',
    entry: { id: 'trading_fees' },
  })
  const offered = await bodyFor('deposit')
  expect(offered).toMatchObject({ kind: 'offer', options: expect.any(Array) })
  expect(offered?.kind === 'offer' && offered.options.length).toBeGreaterThan(0)
  expect(await bodyFor('the weather in Lisbon on sunday')).toMatchObject({ kind: 'offer', options: [] })
})

test('[B3] two misses in a row call a person, and say so', async () => {
  const ada = await (await newNightdesk()).visitor()
  await ada.says('the weather in Lisbon on sunday')
  await until(ada, ['the weather in Lisbon on sunday', '[offer]'])
  await ada.says('and on monday, will it rain')
  await until(ada, [
    'the weather in Lisbon on sunday',
    '[offer]',
    'and on monday, will it rain',
    '[text]',
    '<queued>',
  ])
  expect(await reasonFor(ada)).toBe('unsure')
})

test('[B3] a miss after an answer is the first one again', async () => {
  const ada = await (await newNightdesk()).visitor()
  await ada.says('the weather in Lisbon on sunday')
  await expect.poll(() => ada.sees()).toHaveLength(2)
  await ada.says('what are the trading fees')
  await expect.poll(() => ada.sees()).toHaveLength(4)
  await ada.says('and on monday, will it rain')
  await expect.poll(() => ada.sees()).toHaveLength(6)
  expect((await ada.sees()).filter((_, index) => index % 2 === 1)).toEqual(['[offer]', '[answer]', '[offer]'])
  expect(await reasonFor(ada)).toBeUndefined()
})

test('[B3] a greeting and thanks are no misses, and call nobody', async () => {
  const ada = await (await newNightdesk()).visitor()
  await ada.says('hello')
  await until(ada, ['hello', '[text]'])
  await ada.says('thank you')
  await until(ada, ['hello', '[text]', 'thank you', '[text]'])
  expect(await reasonFor(ada)).toBeUndefined()
})

test('[B4] an answer that did not help is followed by other entries, and the second time by a person', async () => {
  const ada = await (await newNightdesk()).visitor()
  await ada.says('my withdrawal is stuck, still processing')
  await until(ada, ['my withdrawal is stuck, still processing', '[answer]'])
  await rate(ada, 2, false)
  await expect.poll(() => ada.sees()).toHaveLength(4)
  const told = ada.told.findLast(tell => tell.event === 'message:added' && tell.news.author.role === 'bot')
  const body = told?.event === 'message:added' ? told.news.body : undefined
  if (body?.kind !== 'offer') throw new Error(`offered nothing but ${JSON.stringify(body)}`)
  const [other] = body.options
  if (!other) throw new Error('no other entry was offered')
  expect(body.options.map(option => option.entryId)).not.toContain('withdraw_pending')
  const { entryId, title } = other
  await ada.ask('message:send', {
    conversationId: ada.conversation(),
    key: newId('mk'),
    text: title,
    entryId,
  })
  await expect.poll(() => ada.sees()).toHaveLength(6)
  await rate(ada, 6, false)
  await expect.poll(() => reasonFor(ada)).toBe('unsure')
})

test('[B4] an answer that helped asks for nothing more, and is remembered for what the answers promise', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor()
  await ada.says('what are the trading fees')
  await until(ada, ['what are the trading fees', '[answer]'])
  const key = newId('mk')
  const first = await rate(ada, 2, true, key)
  expect(await rate(ada, 2, true, key)).toEqual(first)
  expect(await ada.sees()).toEqual(['what are the trading fees', '[answer]', 'That helped'])
  expect(await nightdesk.parts.store.ratings('st_demo', 10)).toMatchObject([
    { of: 2, entryId: 'trading_fees', helped: true, confidence: expect.any(Number) },
  ])
})

test('[B4] pressing twice that it did not help is once, and calls nobody', async () => {
  const ada = await (await newNightdesk()).visitor()
  await ada.says('my withdrawal is stuck, still processing')
  await until(ada, ['my withdrawal is stuck, still processing', '[answer]'])
  await Promise.all([rate(ada, 2, false), rate(ada, 2, false)])
  await expect.poll(() => ada.sees()).toHaveLength(5)
  await new Promise(resolve => setTimeout(resolve, 200))
  expect((await ada.sees()).filter(words => words === '[offer]')).toHaveLength(1)
  expect(await reasonFor(ada)).toBeUndefined()
})

test('[B4] only an answer of this conversation can be rated', async () => {
  const nightdesk = await newNightdesk()
  const [ada, bo] = [await nightdesk.visitor(), await nightdesk.visitor()]
  const id = await ada.says('what are the trading fees')
  await until(ada, ['what are the trading fees', '[answer]'])
  await bo.says('hello')
  const rating = { key: newId('mk'), text: 'no', rates: { seq: 2, helped: false } }
  for (const seq of [0, 1, 99]) {
    const refusal = await ada.refused('message:send', {
      ...rating,
      conversationId: id,
      rates: { seq, helped: false },
    })
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field: 'rates.seq' })
  }
  expect(await bo.refused('message:send', { ...rating, conversationId: id })).toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await nightdesk.parts.store.ratings('st_demo', 10)).toEqual([])
})

test('[B3] what is urgent is answered, and a person is called in the same breath', async () => {
  const ada = await (await newNightdesk()).visitor()
  await ada.says('someone is in my account and my coins are gone')
  await until(ada, ['someone is in my account and my coins are gone', '[answer]', '[text]', '<queued>'])
  expect(await reasonFor(ada)).toBe('urgent')
})

test('[B3] a complaint is answered and handed over, with its reason', async () => {
  const ada = await (await newNightdesk()).visitor()
  await ada.says('I want to file a formal complaint against your company')
  await expect.poll(() => reasonFor(ada)).toBe('complaint')
})

test('[B1] who writes in a language that the entry lacks is told so, and given the English answer', async () => {
  const ada = await (await newNightdesk()).visitor()
  await ada.says('¿cómo invierto mis monedas en staking para ganar intereses?')
  const told = await ada.hears(tell => tell.event === 'message:added' && tell.news.body.kind === 'answer')
  expect(told.news).toMatchObject({
    body: { entry: { id: 'staking_how' }, language: 'en', note: expect.stringContaining('inglés') },
  })
})

const PLEAS = Object.entries(WANTS_PERSON).flatMap(([language, sentences]) =>
  sentences.map(sentence => ({ language, sentence })),
)

test.each(PLEAS)(
  '[B3] who asks for a person in a plain sentence waits for one at the first message ($language: $sentence)',
  async ({ sentence }) => {
    expect(asksForHuman(sentence), 'it is on the short list, which knows it by heart').toBe(false)
    const ada = await (await newNightdesk()).visitor()
    await ada.says(sentence)
    await expect.poll(async () => (await ada.sees()).length).toBeGreaterThan(1)
    expect(await ada.sees()).toEqual([sentence, '<queued>'])
    expect(await reasonFor(ada)).toBe('asked')
  },
)
