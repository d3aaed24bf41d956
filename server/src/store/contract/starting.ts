import { newId } from '@nightdesk/shared/ids.ts'
import { describe, expect, test } from 'vitest'
import {
  act,
  messagesOf,
  type NewStore,
  NOW,
  newVisitor,
  queue,
  refused,
  SITE,
  start,
  visitor,
  withAda,
  wordsOf,
} from './support.ts'

/** How a conversation begins: G2 for the first words. */
export function describeStarting(name: string, newStore: NewStore): void {
  describe(`${name}: starting`, () => {
    test('[M2] the first words make a conversation of the bot with one message', async () => {
      const { store, ada } = await withAda(newStore)
      const { conversation, added, repeated } = await start(store, ada, 'where is my deposit?', { at: 70 })
      expect(repeated).toBe(false)
      expect(conversation).toEqual({
        id: conversation.id,
        siteId: SITE,
        visitorId: ada,
        locale: 'en',
        startedAt: 70,
        lastSeq: 1,
        epoch: 0,
        readByVisitor: 0,
        readByDesk: 0,
        status: 'bot',
      })
      expect(added).toMatchObject([{ conversationId: conversation.id, seq: 1, sentAt: 70, author: visitor }])
      expect(await store.conversation(conversation.id)).toEqual(conversation)
      expect(await messagesOf(store, conversation.id)).toEqual(added)
    })

    test('[M2] starting is idempotent on its key, in parallel and later', async () => {
      const { store, ada } = await withAda(newStore)
      const key = newId('mk')
      const all = await Promise.all(
        Array.from({ length: 10 }, () => start(store, ada, 'where is my deposit?', { key })),
      )
      const later = await start(store, ada, 'where is my deposit?', { key, at: 999 })
      expect(new Set([...all, later].map(one => one.conversation.id)).size).toBe(1)
      expect(all.filter(one => !one.repeated)).toHaveLength(1)
      expect(later).toMatchObject({ repeated: true, added: [], conversation: { lastSeq: 1, startedAt: NOW } })
      expect(await store.conversationsOf(ada, 10)).toHaveLength(1)
      expect(await wordsOf(store, later.conversation.id)).toEqual(['where is my deposit?'])
    })

    test('[M2] the key of a start stands for its words, and for one visitor only', async () => {
      const { store, ada } = await withAda(newStore)
      const key = newId('mk')
      const hers = await start(store, ada, 'hello', { key })
      await refused('KEY_REUSED', start(store, ada, 'something else', { key }))
      const his = await start(store, await newVisitor(store), 'something else', { key })
      expect(his.repeated).toBe(false)
      expect(his.conversation.id).not.toBe(hers.conversation.id)
      expect(await wordsOf(store, hers.conversation.id)).toEqual(['hello'])
    })

    test('[M2] a start that is repeated answers the conversation as it is now', async () => {
      const { store, ada } = await withAda(newStore)
      const key = newId('mk')
      const { conversation } = await start(store, ada, 'hello', { key })
      await act(store, conversation.id, queue(80))
      const again = await start(store, ada, 'hello', { key })
      expect(again.conversation).toMatchObject({ status: 'queued', queuedAt: 80, lastSeq: 2, epoch: 1 })
    })
  })
}
