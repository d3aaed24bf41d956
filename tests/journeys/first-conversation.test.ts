import { newId } from '@nightdesk/shared/ids.ts'
import { expect, test } from 'vitest'
import { newNightdesk, visitorWithAgent } from '../support/desk.ts'

test('a visitor asks, the bot answers from the FAQ, a human takes over, both write, the agent closes', async () => {
  const { ada, sam } = await visitorWithAgent()
  const id = await ada.says('where is my deposit')
  await ada.hears(tell => tell.event === 'message:added' && tell.news.body.kind === 'answer')
  await ada.asksForHuman()
  const row = await sam.hears(tell => tell.event === 'inbox:updated' && tell.news.state.status === 'queued')
  expect(row.news).toMatchObject({ id, preview: { by: 'visitor', text: 'where is my deposit' }, unread: 1 })

  await sam.takes(id)
  await sam.replies(id, 'Hello, I have read it all.')
  await ada.says('thank you')
  await sam.ask('conversation:close', { conversationId: id })

  const story = [
    'where is my deposit',
    '[answer]',
    '<queued>',
    '<open>',
    'Hello, I have read it all.',
    'thank you',
    '<closed>',
  ]
  expect(await ada.sees()).toEqual(story)
  expect(await sam.sees(id)).toEqual(story)
})

test('a question the FAQ does not know is not guessed at: the bot says so and offers a person', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor()
  await ada.says('what is the weather in Lisbon on sunday')
  const told = await ada.hears(tell => tell.event === 'message:added' && tell.news.author.role === 'bot')
  expect(told.news).toMatchObject({ body: { kind: 'offer', options: [] } })
})

test('a button of the bot answers with exactly that entry, in the language of the page', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor()
  await ada.ask('conversation:start', {
    key: newId('mk'),
    text: '身份认证',
    locale: 'zh-Hans',
    entryId: 'kyc_time',
  })
  const told = await ada.hears(tell => tell.event === 'message:added' && tell.news.author.role === 'bot')
  expect(told.news).toMatchObject({
    body: { kind: 'answer', entry: { id: 'kyc_time' }, language: 'zh-Hans' },
  })
})

test('asking for a person in words hands over at once', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor()
  await ada.says('转人工')
  await ada.hears(tell => tell.event === 'message:added' && tell.news.body.kind === 'status')
  expect(await ada.sees()).toEqual(['转人工', '<queued>'])
})

test('the bot is silent while a human owns the conversation, and speaks again when it is handed back', async () => {
  const { ada, sam } = await visitorWithAgent()
  const id = await ada.says('human please')
  await sam.hears(tell => tell.event === 'inbox:updated')
  await sam.takes(id)
  await ada.says('trading fees')
  await sam.ask('conversation:handBack', { conversationId: id })
  await ada.says('trading fees')
  await ada.hears(tell => tell.event === 'message:added' && tell.news.body.kind === 'answer')
  expect(await ada.sees()).toEqual([
    'human please',
    '<queued>',
    '<open>',
    'trading fees',
    '<bot>',
    'trading fees',
    '[answer]',
  ])
})

test('visitors wait oldest first, see their place move, and may leave', async () => {
  const nightdesk = await newNightdesk()
  const sam = await nightdesk.agent('Sam')
  const [ada, bo, cy] = [await nightdesk.visitor(), await nightdesk.visitor(), await nightdesk.visitor()]
  for (const one of [ada, bo, cy]) {
    await one.says('hello')
    await one.asksForHuman()
  }
  await cy.hears(tell => tell.event === 'queue:moved' && tell.news.place.position === 3)
  await sam.takes(ada.conversation())
  await cy.hears(tell => tell.event === 'queue:moved' && tell.news.place.position === 2)
  await bo.ask('queue:leave', { conversationId: bo.conversation() })
  await cy.hears(tell => tell.event === 'queue:moved' && tell.news.place.position === 1)
})

test('two agents reach for the same conversation: one has it, the other is told and reads it no more', async () => {
  const { nightdesk, ada, sam } = await visitorWithAgent()
  const kim = await nightdesk.agent('Kim')
  const id = await ada.says('human')
  await kim.hears(tell => tell.event === 'inbox:updated' && tell.news.preview !== null)
  await sam.takes(id)
  expect(await kim.refused('conversation:take', { conversationId: id })).toMatchObject({
    code: 'ALREADY_TAKEN',
  })
  await kim.hears(tell => tell.event === 'inbox:updated' && tell.news.preview === null)
  expect(await kim.refused('conversation:open', { conversationId: id })).toMatchObject({ code: 'NOT_FOUND' })
})

test('typing and reading are told to the other side only', async () => {
  const { ada, sam } = await visitorWithAgent()
  const id = await ada.says('human')
  await sam.hears(tell => tell.event === 'inbox:updated')
  await sam.takes(id)
  await sam.ask('typing:start', { conversationId: id })
  await ada.hears(tell => tell.event === 'typing:started' && tell.news.author.role === 'agent')
  await ada.ask('typing:start', { conversationId: id })
  await sam.hears(tell => tell.event === 'typing:started' && tell.news.author.role === 'visitor')
  await sam.ask('message:read', { conversationId: id, seq: 3 })
  await ada.hears(tell => tell.event === 'message:read' && tell.news.by === 'desk' && tell.news.seq === 3)
})

test('a visitor learns whether anybody is on duty', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor()
  const sam = await nightdesk.agent('Sam')
  await ada.hears(tell => tell.event === 'duty:changed' && tell.news.onDuty)
  sam.leave()
  await ada.hears(tell => tell.event === 'duty:changed' && !tell.news.onDuty)
})

test('[S4] of two turns that a crash cut off, both are given: the person is called, then the bot is silent', async () => {
  const nightdesk = await newNightdesk({ open: false })
  const { store } = nightdesk.parts
  const who = await store.newAnonymousVisitor({ siteId: 'st_demo', locale: 'en', tokenHash: 'x', at: 1 })
  const words = (text: string) => ({
    author: { role: 'visitor' as const },
    body: { kind: 'text' as const, text },
    key: newId('mk'),
  })
  const place = { siteId: 'st_demo', visitorId: who.id, locale: 'en', at: 1 }
  const { conversation } = await store.start({ ...place, draft: words('get a person') })
  const later = words('where is my deposit')
  await store.append(conversation.id, 2, { decide: () => ({ drafts: [later] }), keyed: later })

  await nightdesk.app.open()
  const page = await store.page(conversation.id, 'latest', 10)
  expect(page?.conversation.status).toBe('queued')
  expect(page?.messages.map(message => message.body.kind)).toEqual(['text', 'text', 'status'])
})
