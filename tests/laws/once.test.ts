import { newId } from '@nightdesk/shared/ids.ts'
import { expect, test } from 'vitest'
import { newNightdesk } from '../support/desk.ts'

const TIMES = 50

/** Below the door, where no limit on asks stands between the repeats and the store. */
async function atTheStore() {
  const { parts } = await newNightdesk()
  const visitor = await parts.store.newAnonymousVisitor({
    siteId: 'st_demo',
    locale: 'en',
    tokenHash: newId('mk'),
    at: 1,
  })
  const draft = {
    author: { role: 'visitor' },
    body: { kind: 'text', text: 'where is my deposit' },
    key: newId('mk'),
  } as const
  const start = () =>
    parts.store.start({ siteId: 'st_demo', visitorId: visitor.id, locale: 'en', draft, at: Date.now() })
  return { parts, draft, start }
}

test('[M2] the same key sent 50 times in parallel is one conversation', async () => {
  const { start } = await atTheStore()
  const answers = await Promise.all(Array.from({ length: TIMES }, start))
  expect(new Set(answers.map(answer => answer.conversation.id)).size).toBe(1)
  expect(answers.filter(answer => !answer.repeated)).toHaveLength(1)
})

test('[M2] the same key sent 50 times in parallel is stored once and answered the same each time', async () => {
  const { parts, draft, start } = await atTheStore()
  const { conversation } = await start()
  const again = { ...draft, key: newId('mk') }
  const answers = await Promise.all(
    Array.from({ length: TIMES }, () =>
      parts.store.append(conversation.id, Date.now(), { decide: () => ({ drafts: [again] }), keyed: again }),
    ),
  )
  expect(new Set(answers.map(answer => answer.message?.id)).size).toBe(1)
  expect(new Set(answers.map(answer => answer.message?.seq))).toEqual(new Set([2]))
  const page = await parts.store.page(conversation.id, 'latest', 100)
  expect(page?.messages.map(message => message.seq)).toEqual([1, 2])
})

test('[M2] over many sockets of one visitor, in parallel: stored once, told once to each', async () => {
  const nightdesk = await newNightdesk({ rates: 'unlimited' })
  const ada = await nightdesk.visitor()
  const id = await ada.says('hello')
  const session = ada.session ?? ''
  const tabs = await Promise.all(Array.from({ length: 5 }, () => nightdesk.visitor({ session })))
  const words = { conversationId: id, key: newId('mk'), text: 'are you there' }
  const sends = tabs.flatMap(tab => Array.from({ length: 10 }, () => tab.ask('message:send', words)))
  const accepted = await Promise.all(sends)
  expect(new Set(accepted.map(({ id, seq }) => `${id} ${seq}`)).size).toBe(1)
  expect((await ada.sees()).filter(text => text === 'are you there')).toHaveLength(1)
  for (const tab of tabs) {
    await tab.hears(tell => tell.event === 'message:added' && tell.news.key === words.key)
    expect(
      tab.told.filter(tell => tell.event === 'message:added' && tell.news.key === words.key),
    ).toHaveLength(1)
  }
})

test('[M2] the same key with other words is refused, and the first words stand', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor()
  const conversationId = await ada.says('hello')
  const key = newId('mk')
  await ada.ask('message:send', { conversationId, key, text: 'send it to A' })
  expect(await ada.refused('message:send', { conversationId, key, text: 'send it to B' })).toMatchObject({
    code: 'KEY_REUSED',
  })
  expect(await ada.sees()).not.toContain('send it to B')
})
