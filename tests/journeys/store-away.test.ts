import type { Store } from '@nightdesk/server/store/store.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { expect, test } from 'vitest'
import { newNightdesk } from '../support/desk.ts'

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
