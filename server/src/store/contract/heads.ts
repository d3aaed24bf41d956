import { describe, expect, test } from 'vitest'
import { act, type NewStore, queue, say, start, withAda } from './support.ts'

/** How a node finds out what was written elsewhere. */
export function describeHeads(name: string, newStore: NewStore): void {
  describe(`${name}: heads`, () => {
    test('[C3] a first look answers where to begin, and nothing of what was before', async () => {
      const { store, ada } = await withAda(newStore)
      await start(store, ada, 'hello')
      expect((await store.headsSince(null)).heads).toEqual([])
    })

    test('[C3] all that was committed after a look is seen by the next one, conversation by conversation', async () => {
      const { store, ada } = await withAda(newStore)
      const { id: one } = (await start(store, ada, 'one')).conversation
      const { id: two } = (await start(store, ada, 'two')).conversation
      const { cursor } = await store.headsSince(null)
      await say(store, one, 'more')
      await say(store, one, 'and more')
      await act(store, two, queue(80))
      const { heads } = await store.headsSince(cursor)
      const of = { visitorId: ada, agentCode: null }
      expect(heads).toHaveLength(2)
      expect(heads).toContainEqual({
        ...of,
        status: 'bot',
        conversationId: one,
        first: 2,
        last: 3,
        movesOwner: false,
      })
      expect(heads).toContainEqual({
        ...of,
        status: 'queued',
        conversationId: two,
        first: 2,
        last: 2,
        movesOwner: true,
      })
    })

    test('[C3] look after look, nothing that is written beside them is missed', async () => {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      let { cursor } = await store.headsSince(null)
      const seen = new Set<number>()
      let done = false
      const writing = Promise.all(Array.from({ length: 200 }, (_, index) => say(store, id, `${index}`))).then(
        () => {
          done = true
        },
      )
      const look = async () => {
        const next = await store.headsSince(cursor)
        for (const { first, last } of next.heads) for (let seq = first; seq <= last; seq++) seen.add(seq)
        cursor = next.cursor
      }
      while (!done) {
        await look()
        await new Promise(resolve => setImmediate(resolve))
      }
      await writing
      await look()
      expect(seen.size).toBe(200)
    })

    test('[C1] the messages of a head are read with their conversation as it is', async () => {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      for (const words of ['two', 'three', 'four']) await say(store, id, words)
      const [found, ...others] = await store.messagesIn([{ conversationId: id, first: 2, last: 3 }])
      expect(others).toEqual([])
      expect(found?.conversation).toEqual(await store.conversation(id))
      expect(found?.messages.map(message => message.seq)).toEqual([2, 3])
      expect(await store.messagesIn([])).toEqual([])
    })
  })
}
