import { newId } from '@nightdesk/shared/ids.ts'
import { describe, expect, test } from 'vitest'
import { act, type NewStore, newVisitor, queue, refused, SITE, start } from './support.ts'

/** Who the visitors are. */
export function describeVisitors(name: string, newStore: NewStore): void {
  describe(`${name}: visitors`, () => {
    const eve = { siteId: SITE, externalId: 'customer-7', name: 'Eve', locale: 'en', at: 50 }

    test('[H4] a verified visitor is found by the id the exchange gave, and made once', async () => {
      const { store } = await newStore()
      const all = await Promise.all(Array.from({ length: 10 }, () => store.verifiedVisitor(eve)))
      const later = await store.verifiedVisitor({ ...eve, locale: 'zh-Hans', at: 99 })
      expect(new Set([...all, later].map(one => one.id)).size).toBe(1)
      expect(later).toEqual({
        id: all[0]?.id,
        siteId: SITE,
        externalId: 'customer-7',
        name: 'Eve',
        locale: 'en',
        createdAt: 50,
        loggedOutAt: 0,
      })
      expect(await store.visitor(later.id)).toEqual(later)
    })

    test('[H4] the same customer id at another site, or the same name, is somebody else', async () => {
      const { store } = await newStore()
      const one = await store.verifiedVisitor(eve)
      const elsewhere = await store.verifiedVisitor({ ...eve, siteId: 'st_other' })
      const namesake = await store.verifiedVisitor({ ...eve, externalId: 'customer-8' })
      expect(new Set([one.id, elsewhere.id, namesake.id]).size).toBe(3)
    })

    test('[H4] the name of a verified visitor follows the exchange', async () => {
      const { store } = await newStore()
      const { id } = await store.verifiedVisitor(eve)
      expect(await store.verifiedVisitor({ ...eve, name: 'Eva' })).toMatchObject({ id, name: 'Eva' })
      expect(await store.visitor(id)).toMatchObject({ name: 'Eva' })
      expect(await store.verifiedVisitor({ ...eve, name: null })).toMatchObject({ id, name: null })
      expect(await store.visitor(id)).toMatchObject({ name: null })
    })

    test('[H3] an anonymous visitor is found by the token of the browser, at its own site only', async () => {
      const { store } = await newStore()
      const made = { siteId: SITE, locale: 'en', tokenHash: 'hash of ada', at: 50 }
      const ada = await store.newAnonymousVisitor(made)
      const bo = await store.newAnonymousVisitor({ ...made, tokenHash: 'hash of bo' })
      expect(ada).toEqual({
        id: ada.id,
        siteId: SITE,
        externalId: null,
        name: null,
        locale: 'en',
        createdAt: 50,
        loggedOutAt: 0,
      })
      expect(ada.id).not.toBe(bo.id)
      expect(await store.visitorBySession(SITE, 'hash of ada')).toEqual(ada)
      expect(await store.visitorBySession(SITE, 'hash of bo')).toEqual(bo)
      expect(await store.visitorBySession('st_other', 'hash of ada')).toBeUndefined()
      expect(await store.visitorBySession(SITE, 'hash of eve')).toBeUndefined()
      expect(await store.visitor(newId('vi'))).toBeUndefined()
    })

    test("[H5] adopting moves the conversations of one browser and ends that browser's session", async () => {
      const { store } = await newStore()
      const anonymous = async (tokenHash: string) =>
        (await store.newAnonymousVisitor({ siteId: SITE, locale: 'en', tokenHash, at: 1 })).id
      const [ada, bo] = [await anonymous('hash of ada'), await anonymous('hash of bo')]
      const verified = (await store.verifiedVisitor(eve)).id
      const key = newId('mk')
      const [one, two] = [await start(store, ada, 'one', { key }), await start(store, ada, 'two', { at: 2 })]
      const his = await start(store, bo, 'his')
      const old = await start(store, verified, 'old', { at: 1 })
      await act(store, one.conversation.id, queue(10))

      const moved = await store.adopt(ada, verified, 300)
      expect([...moved].sort()).toEqual([one.conversation.id, two.conversation.id].sort())
      expect((await store.conversationsOf(verified, 10)).map(row => row.conversation.id).sort()).toEqual(
        [one, two, old].map(started => started.conversation.id).sort(),
      )
      expect(await store.conversationsOf(ada, 10)).toEqual([])
      expect(await store.conversation(one.conversation.id)).toMatchObject({
        visitorId: verified,
        status: 'queued',
        lastSeq: 2,
      })
      expect(await store.visitorBySession(SITE, 'hash of ada')).toBeUndefined()
      // Bo's browser keeps what is Bo's.
      expect((await store.visitorBySession(SITE, 'hash of bo'))?.id).toBe(bo)
      expect((await store.conversation(his.conversation.id))?.visitorId).toBe(bo)
      // A retry of the first words, now under the new name, is still the same conversation.
      expect(await start(store, verified, 'one', { key })).toMatchObject({
        repeated: true,
        conversation: { id: one.conversation.id },
      })
      expect(await store.adopt(ada, verified, 300)).toEqual([])
    })

    test('[H5] adopting works when the same first words were sent under both names', async () => {
      const { store } = await newStore()
      const ada = await newVisitor(store)
      const verified = (await store.verifiedVisitor(eve)).id
      const key = newId('mk')
      // The answer was lost; the browser signed in and sent its words once more.
      const before = await start(store, ada, 'hello', { key })
      await start(store, verified, 'hello', { key })
      await store.adopt(ada, verified, 300)
      expect((await store.conversation(before.conversation.id))?.visitorId).toBe(verified)
    })

    test('[H5] who was adopted starts nothing more under the old name', async () => {
      const { store } = await newStore()
      const anonymous = await newVisitor(store)
      const eve = await store.verifiedVisitor({ ...EVE, externalId: 'cust_1' })
      await store.adopt(anonymous, eve.id, 300)
      await refused('SESSION_INVALID', start(store, anonymous, 'hello'))
      expect(await store.conversationsOf(anonymous, 10)).toEqual([])
    })

    test('[S-1] a log-out is remembered with its moment, for one customer of one site, and never taken back', async () => {
      const { store } = await newStore()
      const eve = await store.verifiedVisitor({ ...EVE, externalId: 'cust_1' })
      await store.verifiedVisitor({ ...EVE, externalId: 'cust_2' })
      expect(await store.goneSince(0)).toEqual([])
      expect(await store.logOut(SITE, 'cust_1', 200)).toBe(eve.id)
      expect(await store.logOut(SITE, 'cust_1', 100)).toBeUndefined()
      expect(await store.logOut(SITE, 'nobody', 200)).toBeUndefined()
      expect(await store.logOut('st_other', 'cust_1', 300)).toBeUndefined()
      expect((await store.visitor(eve.id))?.loggedOutAt).toBe(200)
      expect(await store.goneSince(200)).toEqual([{ id: eve.id, at: 200 }])
      expect(await store.goneSince(201)).toEqual([])
      expect((await store.verifiedVisitor({ ...EVE, externalId: 'cust_1', name: 'Eve B' })).loggedOutAt).toBe(
        200,
      )
    })
  })
}

const EVE = { siteId: SITE, name: 'Eve', locale: 'en', at: 50 }
