import type { Store } from '@nightdesk/server/store/store.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { expect, test } from 'vitest'
import { newNightdesk, SITE, signedFor } from '../support/desk.ts'

const away = () => new ChatError('STORE_UNAVAILABLE')

/** A call that the store carries out and whose answer is lost. */
function losesAnswer<Args extends unknown[]>(call: (...args: Args) => Promise<unknown>) {
  return async (...args: Args): Promise<never> => {
    await call(...args)
    throw away()
  }
}

test('[M2] [S4] words that were stored while the answer got lost are answered by the bot when they come again', async () => {
  const { visitor, parts } = await newNightdesk()
  const store: Store = { ...parts.store }
  const tab = await visitor()
  const first = { key: newId('mk'), text: 'where is my deposit', locale: 'en' }
  parts.store.start = losesAnswer(store.start)
  await expect(tab.ask('conversation:start', first)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  parts.store.start = store.start
  const { id } = (await tab.ask('conversation:start', first)).conversation
  const ada = await visitor({ session: tab.session ?? '' })
  await expect.poll(() => ada.sees()).toEqual(['where is my deposit', '[answer]'])

  const next = { conversationId: id, key: newId('mk'), text: 'where is my deposit' }
  parts.store.append = losesAnswer(store.append)
  await expect(ada.ask('message:send', next)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  parts.store.append = store.append
  for (let times = 0; times < 4; times++) await ada.ask('message:send', next)
  const all = ['where is my deposit', '[answer]', 'where is my deposit', '[answer]']
  await expect.poll(() => ada.sees()).toEqual(all)
  await ada.ask('message:send', next)
  expect(await ada.sees()).toEqual(all)
})

test('[S4] a store that goes away between the words and the answer of the bot gets the answer when it is back', async () => {
  const { visitor, parts } = await newNightdesk()
  const { append } = parts.store
  const ada = await visitor()
  parts.store.append = () => Promise.reject(away())
  await ada.says('where is my deposit')
  await new Promise(resolve => setTimeout(resolve, 700))
  parts.store.append = append
  await expect.poll(() => ada.sees(), { timeout: 3000 }).toEqual(['where is my deposit', '[answer]'])
})

test('[S-1] a log-out while the store did not answer this node for minutes is felt as soon as it does', async () => {
  const clock = { ahead: 0 }
  const { visitor, parts } = await newNightdesk({ now: () => Date.now() + clock.ahead })
  const { goneSince } = parts.store
  const [ada, eve] = [await visitor({ identity: await signedFor('cust_1', SITE.id) }), await visitor()]
  parts.store.goneSince = () => Promise.reject(away())
  await parts.store.logOut(SITE.id, 'cust_1', parts.now() + 1)
  clock.ahead = 180_000
  await new Promise(resolve => setTimeout(resolve, 600))
  expect(ada.socket.connected).toBe(true)
  parts.store.goneSince = goneSince
  await expect.poll(() => ada.socket.connected).toBe(false)
  expect(eve.socket.connected).toBe(true)
})

test('[Q1] who calls a person while the store goes away stands in every inbox and knows their place when it is back', async () => {
  const { visitor, agent, parts } = await newNightdesk()
  const { overview, waiting } = parts.store
  const [ada, sam] = [await visitor(), await agent('Sam')]
  const id = await ada.says('hello')
  parts.store.overview = () => Promise.reject(away())
  parts.store.waiting = () => Promise.reject(away())
  await ada.asksForHuman()
  await new Promise(resolve => setTimeout(resolve, 700))
  parts.store.overview = overview
  await sam.hears(tell => tell.event === 'inbox:updated' && tell.news.id === id)
  await new Promise(resolve => setTimeout(resolve, 100))
  parts.store.waiting = waiting
  await ada.hears(tell => tell.event === 'queue:moved' && tell.news.place.position === 1)
})
