import 'fake-indexeddb/auto'
import { ERRORS } from '@nightdesk/shared/errors.ts'
import { type ConversationId, newId } from '@nightdesk/shared/ids.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { AskError } from '../connection.ts'
import { forgetKept } from '../keeping.ts'
import { createOutbox, isOver, type Unsent } from '../outbox.ts'
import { createKeeper } from './keeper.ts'
import { openVault } from './vault.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const chat = newId('cv')
const proofOf = (sub: string) => `e30.${btoa(JSON.stringify({ sub }))}.c2ln`

type Deliver = (item: Unsent) => Promise<ConversationId>
const accepts: Deliver = async item => item.conversationId ?? chat
const noServer: Deliver = async () => {
  throw new AskError({ code: 'NOT_READY', message: '', retry: 'later' })
}
const refuses: Deliver = async () => {
  const { sentence: message, retry } = ERRORS.CONVERSATION_CLOSED
  throw new AskError({ code: 'CONVERSATION_CLOSED', message, retry })
}

/** One tab: its outbox, its keeper and what it has on screen. */
function newTab(name: string, deliver: Deliver) {
  let items: readonly Unsent[] = []
  const tab = { memory: false, restored: [] as string[] }
  const outbox = createOutbox(deliver, next => {
    items = next
  })
  const own = createKeeper(
    {
      name,
      outbox,
      onMemory: memory => {
        tab.memory = memory
      },
      onRestored: found => tab.restored.push(...found.map(item => item.text)),
    },
    isOver,
  )
  return {
    tab,
    outbox,
    own,
    says: (text: string) => outbox.send({ conversationId: chat, text }),
    items: () => items,
    shows: () => items.map(item => `${item.text}: ${item.state.name}`),
  }
}

/** How many items lie on disk, whoever may open them; -1 before there is anything. */
async function onDisk(name: string): Promise<number> {
  const all = await indexedDB.databases()
  if (!all.some(one => one.name === `nightdesk:${name}`)) return -1
  const db = await new Promise<IDBDatabase>(resolve => {
    const opening = indexedDB.open(`nightdesk:${name}`)
    opening.onsuccess = () => resolve(opening.result)
  })
  const count = await new Promise<number>(resolve => {
    const request = db.transaction('items').objectStore('items').count()
    request.onsuccess = () => resolve(request.result)
  })
  db.close()
  return count
}
const holds = (name: string, count: number) => expect.poll(() => onDisk(name), { timeout: 5000 }).toBe(count)

test('[G5] what was not accepted is there again after a reload, in order, under its keys', async () => {
  const before = newTab('reload', noServer)
  before.own(null)
  const keys = ['one', 'two', 'three'].map(text => before.says(text).key)
  await holds('reload', 3)
  const after = newTab('reload', noServer)
  after.own(null)
  await expect.poll(after.shows).toEqual(['one: sending', 'two: sending', 'three: sending'])
  expect(after.items().map(item => item.key)).toEqual(keys)
  expect(after.tab.restored).toEqual(['one', 'two', 'three'])
})

test('what was written before anybody knew by whom is written down once that is known', async () => {
  const { own, says, tab } = newTab('early', noServer)
  says('hello')
  own(null)
  await holds('early', 1)
  expect(tab.memory).toBe(false)
})

test('[G5] what was accepted leaves the disk', async () => {
  const { own, says, shows } = newTab('accepted', accepts)
  own(null)
  says('hello')
  await expect.poll(shows).toEqual(['hello: accepted'])
  await holds('accepted', 0)
})

test('[G5] a refusal stays visible over a reload, is never sent again, and leaves when it is let go', async () => {
  const before = newTab('refused', refuses)
  before.own(null)
  before.says('hello')
  await holds('refused', 1)
  const deliver = vi.fn(accepts)
  const after = newTab('refused', deliver)
  after.own(null)
  await expect.poll(after.shows).toEqual(['hello: refused'])
  expect(deliver).not.toHaveBeenCalled()
  const [item] = after.items()
  if (item) after.outbox.remove(item.key)
  await holds('refused', 0)
})

test('[G5] after a day words are gone from the disk and are not sent', async () => {
  const vault = await openVault('day', () => {})
  const item: Unsent = {
    key: newId('mk'),
    conversationId: chat,
    text: 'yesterday',
    writtenAt: Date.now() - 86_400_001,
    state: { name: 'sending' },
  }
  await vault.write('', [[item.key, item]])
  const deliver = vi.fn(accepts)
  const { own, tab } = newTab('day', deliver)
  own(null)
  await holds('day', 0)
  expect(deliver).not.toHaveBeenCalled()
  expect(tab.restored).toEqual([])
})

test('[S-5] another customer finds nothing of the one before, on screen or on disk', async () => {
  const { own, says, shows } = newTab('other', noServer)
  own(proofOf('ada'))
  says('between Ada and us')
  await holds('other', 1)
  own(proofOf('tomas'))
  expect(shows()).toEqual([])
  await holds('other', 0)
})

test('[S-5] what a customer left before a reload, neither a guest nor another customer is shown', async () => {
  for (const next of [null, proofOf('tomas')]) {
    const before = newTab(`left ${next}`, noServer)
    before.own(proofOf('ada'))
    before.says('between Ada and us')
    await holds(`left ${next}`, 1)
    const after = newTab(`left ${next}`, noServer)
    after.own(next)
    await holds(`left ${next}`, 0)
    expect(after.shows()).toEqual([])
  }
})

test('[G5] a guest who signs in keeps their words, now as the customer', async () => {
  const before = newTab('guest', noServer)
  before.own(null)
  before.says('hello')
  await holds('guest', 1)
  before.own(proofOf('ada'))
  expect(before.shows()).toEqual(['hello: sending'])
  const after = newTab('guest', noServer)
  await expect
    .poll(() => {
      after.own(proofOf('ada'))
      return after.shows()
    })
    .toEqual(['hello: sending'])
  const guest = newTab('guest', noServer)
  guest.own(null)
  await holds('guest', 0)
  expect(guest.shows()).toEqual([])
})

test('[F-15] all tabs show what waits; one sends it, and all see that it was accepted', async () => {
  const sent: string[] = []
  let answer = () => {}
  const slow: Deliver = item => {
    sent.push(item.text)
    return new Promise(resolve => {
      answer = () => resolve(chat)
    })
  }
  const [one, other] = [newTab('tabs', slow), newTab('tabs', slow)]
  one.own(null)
  other.own(null)
  await holds('tabs', 0)
  one.says('hello')
  await expect.poll(other.shows).toEqual(['hello: sending'])
  await holds('tabs', 1)
  answer()
  await expect.poll(other.shows).toEqual(['hello: accepted'])
  expect(sent).toEqual(['hello'])
  one.outbox.remove(one.items()[0]?.key ?? newId('mk'))
  await expect.poll(other.shows).toEqual([])
})

test('a tab of another customer hears nothing', async () => {
  const before = newTab('apart', noServer)
  before.own(proofOf('tomas'))
  before.says('mine')
  await holds('apart', 1)
  const his = newTab('apart', noServer)
  his.own(proofOf('tomas'))
  // Only now has it thrown away what is not his; it is not to do so with what Ada is about to write.
  await expect.poll(() => his.tab.restored).toEqual(['mine'])
  const hers = newTab('apart', noServer)
  hers.own(proofOf('ada'))
  hers.says('between Ada')
  hers.says('and us')
  await holds('apart', 2)
  expect(his.items().map(({ text }) => text)).toEqual(['mine'])
})

test('[S-5] when one tab forgets, the others forget too', async () => {
  const { own, says, shows, tab } = newTab('forget', noServer)
  own(null)
  says('hello')
  await holds('forget', 1)
  await forgetKept('forget')
  await expect.poll(shows).toEqual([])
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('nightdesk:forget')
  expect(tab.memory).toBe(true)
})

test('[G5] where nothing can be kept it is said, and words are sent all the same', async () => {
  vi.stubGlobal('indexedDB', undefined)
  const { own, says, shows, tab } = newTab('blocked', accepts)
  own(null)
  says('hello')
  await expect.poll(shows).toEqual(['hello: accepted'])
  expect(tab.memory).toBe(true)
})

test('[G5] a disk that is full is said, and the next words that fit are kept', async () => {
  const { own, says, tab } = newTab('full', noServer)
  own(null)
  await holds('full', 0)
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  says('one')
  await expect.poll(() => tab.memory).toBe(true)
  put.mockRestore()
  says('two')
  await expect.poll(() => tab.memory).toBe(false)
  await holds('full', 1)
})
