import { newId } from '@nightdesk/shared/ids.ts'
import { describe, expect, test } from 'vitest'
import type { Store } from '../store.ts'
import { act, type NewStore, queue, refused, SITE, say, start, withAda, wordsOf } from './support.ts'

/** What is left after a close. */
export function describeDisk(name: string, newStore: NewStore): void {
  describe(`${name}: on disk`, () => {
    test('[M1] everything is there after a close and an open', async () => {
      const { store, reopen } = await newStore()
      const ada = await store.newAnonymousVisitor({ siteId: SITE, locale: 'en', tokenHash: 'hash', at: 1 })
      const eve = await store.verifiedVisitor({
        siteId: SITE,
        externalId: 'customer-7',
        name: 'Eve',
        locale: 'en',
        at: 1,
      })
      const agent = await store.addAgent({ email: 'sam@northgate.example', name: 'Sam', at: 1 })
      await store.setPassword(agent.id, 'scrypt$1')
      await store.addSignInLink({ tokenHash: 'link', agentId: agent.id, expiresAt: 100 })
      await store.addSignInLink({ tokenHash: 'used link', agentId: agent.id, expiresAt: 100 })
      await store.useSignInLink('used link', 2)
      await store.addDeskSession({ tokenHash: 'session', agentId: agent.id, at: 1, expiresAt: 100 })
      const key = newId('mk')
      const { id } = (await start(store, ada.id, 'hello')).conversation
      await say(store, id, 'anyone?', { key })
      await act(store, id, queue(80))
      await store.markRead(id, 'desk', 1)

      const remembered = (from: Store) =>
        Promise.all([
          from.page(id, 'latest', 50),
          from.overview(id, 'desk'),
          from.waiting(SITE),
          from.conversationsOf(ada.id, 10),
          from.visitorBySession(SITE, 'hash'),
          from.visitor(eve.id),
          from.agents(),
          from.agentBySession('session', 2),
        ])
      const before = await remembered(store)
      const again = await reopen()
      expect(await remembered(again)).toEqual(before)
      // What was promised about keys, seq, codes and links holds across the restart.
      expect((await say(again, id, 'anyone?', { key })).added).toEqual([])
      await refused('KEY_REUSED', say(again, id, 'other words', { key }))
      expect((await say(again, id, 'next')).message?.seq).toBe(4)
      expect((await again.addAgent({ email: 'kim@northgate.example', name: 'Kim', at: 2 })).code).toBe('A12')
      expect(await again.useSignInLink('used link', 2)).toBeUndefined()
      expect((await again.useSignInLink('link', 2))?.id).toBe(agent.id)
    })

    test('[M1] what was asked for just before a close is written, not lost', async () => {
      const { store, reopen, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      const lastWords = say(store, id, 'last words')
      const again = await reopen()
      expect((await lastWords).message?.seq).toBe(2)
      expect(await wordsOf(again, id)).toEqual(['hello', 'last words'])
    })
  })
}
