import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { describe, expect, test } from 'vitest'
import type { Store } from '../store.ts'
import {
  act,
  bySam,
  kim,
  type NewStore,
  NOW,
  newVisitor,
  queue,
  SITE,
  sam,
  say,
  start,
  upTo,
  visitor,
  withAda,
  wordsIn,
  wordsOf,
} from './support.ts'

/** What a store answers to those who read. */
export function describeReading(name: string, newStore: NewStore): void {
  describe(`${name}: pages`, () => {
    async function tenMessages() {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'words 1')).conversation
      for (let index = 2; index <= 10; index++) await say(store, id, `words ${index}`)
      const page = async (range: Parameters<Store['page']>[1], limit: number) => {
        const found = await store.page(id, range, limit)
        return { seqs: found?.messages.map(message => message.seq), more: found?.more }
      }
      return { store, id, page }
    }

    test('[C1] after a seq comes what follows it, ascending, with more while there is more', async () => {
      const { page } = await tenMessages()
      expect(await page({ after: 0 }, 4)).toEqual({ seqs: [1, 2, 3, 4], more: true })
      expect(await page({ after: 4 }, 4)).toEqual({ seqs: [5, 6, 7, 8], more: true })
      expect(await page({ after: 8 }, 4)).toEqual({ seqs: [9, 10], more: false })
      expect(await page({ after: 6 }, 4)).toEqual({ seqs: [7, 8, 9, 10], more: false })
      expect(await page({ after: 10 }, 4)).toEqual({ seqs: [], more: false })
      expect(await page({ after: 2 ** 53 - 1 }, 4)).toEqual({ seqs: [], more: false })
    })

    test('[C1] before a seq comes what led up to it, ascending, with more while there is more', async () => {
      const { page } = await tenMessages()
      expect(await page({ before: 8 }, 3)).toEqual({ seqs: [5, 6, 7], more: true })
      expect(await page({ before: 4 }, 3)).toEqual({ seqs: [1, 2, 3], more: false })
      expect(await page({ before: 2 }, 3)).toEqual({ seqs: [1], more: false })
      expect(await page({ before: 1 }, 3)).toEqual({ seqs: [], more: false })
      expect(await page({ before: 99 }, 2)).toEqual({ seqs: [9, 10], more: true })
    })

    test('[C1] without either comes the latest, ascending, with more while there is something before', async () => {
      const { page } = await tenMessages()
      expect(await page('latest', 3)).toEqual({ seqs: [8, 9, 10], more: true })
      expect(await page('latest', 10)).toEqual({ seqs: upTo(10), more: false })
    })

    test('[C1] a page holds the conversation of the same moment and no word of another one', async () => {
      const { store, id } = await tenMessages()
      const other = await start(store, await newVisitor(store), 'not yours')
      const found = await store.page(id, 'latest', 50)
      expect(found?.conversation).toEqual(await store.conversation(id))
      expect(found?.conversation.lastSeq).toBe(found?.messages.at(-1)?.seq)
      expect(new Set(found?.messages.map(message => message.conversationId))).toEqual(new Set([id]))
      expect(await wordsOf(store, other.conversation.id)).toEqual(['not yours'])
    })
  })

  describe(`${name}: read marks and overviews`, () => {
    /** hello (ada), hi (sam), status, thanks (ada), bye (sam): seq 1 to 5. */
    async function fiveMessages() {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      await say(store, id, 'hi', { by: bySam })
      await act(store, id, queue(80))
      await say(store, id, 'thanks')
      await say(store, id, 'bye', { by: bySam })
      return { store, ada, id }
    }

    test('[Q3] a read mark moves forward, at most to the last message, and never back', async () => {
      const { store, id } = await fiveMessages()
      expect(await store.markRead(id, 'visitor', 2)).toMatchObject({ seq: 2, unread: 1, moved: true })
      expect(await store.markRead(id, 'visitor', 1)).toMatchObject({ seq: 2, unread: 1, moved: false })
      expect(await store.markRead(id, 'visitor', 2)).toMatchObject({ seq: 2, moved: false })
      expect(await store.markRead(id, 'visitor', 2 ** 53 - 1)).toMatchObject({
        seq: 5,
        unread: 0,
        moved: true,
      })
      expect(await store.conversation(id)).toMatchObject({ readByVisitor: 5, readByDesk: 0, lastSeq: 5 })
      await say(store, id, 'one more', { by: bySam })
      expect(await store.overview(id, 'visitor')).toMatchObject({ unread: 1 })
    })

    test('[Q3] each side has a mark of its own and counts the words of the other only', async () => {
      const { store, id } = await fiveMessages()
      expect(await store.overview(id, 'visitor')).toMatchObject({ unread: 2 })
      expect(await store.overview(id, 'desk')).toMatchObject({ unread: 2 })
      expect(await store.markRead(id, 'desk', 3)).toMatchObject({ seq: 3, unread: 1 })
      expect(await store.overview(id, 'visitor')).toMatchObject({ unread: 2 })
      expect(await store.conversation(id)).toMatchObject({ readByVisitor: 0, readByDesk: 3 })
    })

    test('[Q3] marks that are set at once end at the furthest', async () => {
      const { store, id } = await fiveMessages()
      const marks = await Promise.all([4, 1, 5, 2].map(seq => store.markRead(id, 'desk', seq)))
      // Whichever comes first, nobody is answered less than they asked for.
      for (const [index, wanted] of [4, 1, 5, 2].entries()) {
        expect(marks[index]?.seq).toBeGreaterThanOrEqual(wanted)
      }
      expect(await store.conversation(id)).toMatchObject({ readByDesk: 5 })
    })

    test('a read mark is no change of owner and no message', async () => {
      const { store, id } = await fiveMessages()
      const before = await store.conversation(id)
      await store.markRead(id, 'desk', 5)
      expect(await store.conversation(id)).toEqual({ ...before, readByDesk: 5 })
    })

    test('the last words of a conversation are words, not a change of owner', async () => {
      const { store, id } = await fiveMessages()
      await act(store, id, { do: 'leaveQueue' })
      const overview = await store.overview(id, 'desk')
      expect(overview?.last).toMatchObject({ seq: 5, body: { text: 'bye' } })
      expect(overview?.conversation).toEqual(await store.conversation(id))
    })
  })

  describe(`${name}: lists`, () => {
    test("[R1] a visitor's conversations are theirs, latest first, and as many as were asked for", async () => {
      const { store, ada } = await withAda(newStore)
      const bo = await newVisitor(store)
      const first = await start(store, ada, 'first', { at: 10 })
      const third = await start(store, ada, 'third', { at: 30 })
      const second = await start(store, ada, 'second', { at: 20 })
      await start(store, bo, 'his', { at: 40 })
      await say(store, second.conversation.id, 'hi', { by: bySam })
      const all = await store.conversationsOf(ada, 10)
      expect(all.map(one => one.conversation.id)).toEqual(
        [third, second, first].map(one => one.conversation.id),
      )
      expect(all.map(one => one.unread)).toEqual([0, 1, 0])
      expect(all.map(one => one.last && wordsIn(one.last))).toEqual(['third', 'hi', 'first'])
      expect(await store.conversationsOf(ada, 2)).toEqual(all.slice(0, 2))
    })

    test('[Q1] who waits is listed oldest wish first, whenever they came, site by site', async () => {
      const { store, ada } = await withAda(newStore)
      const waits = async (at: number, siteId = SITE) => {
        const { conversation } = await start(store, ada, 'hello', { at: 100 - at, siteId })
        await act(store, conversation.id, queue(at))
        return conversation.id
      }
      const [c, a, d, b] = [await waits(30), await waits(10), await waits(40), await waits(20)]
      const elsewhere = await waits(5, 'st_other')
      await start(store, ada, 'only asking the bot')
      const ids = async (siteId = SITE) => (await store.waiting(siteId)).map(one => one.id)
      expect(await ids()).toEqual([a, b, c, d])
      expect(await ids('st_other')).toEqual([elsewhere])
      expect(await ids('st_nobody')).toEqual([])
      await act(store, a, { do: 'take', agent: sam, at: 50 })
      await act(store, b, { do: 'leaveQueue' })
      await act(store, c, { do: 'close', by: 'visitor', at: 50 })
      expect(await ids()).toEqual([d])
      // Who leaves the queue and asks again waits since then.
      await act(store, b, queue(60))
      expect(await ids()).toEqual([d, b])
    })

    test('[R2] the inbox holds what waits, what is open, and what this agent closed lately', async () => {
      const { store, ada } = await withAda(newStore)
      const chat = async (...actions: Parameters<typeof act>[2][]) => {
        const { conversation } = await start(store, ada, 'hello')
        for (const action of actions) await act(store, conversation.id, action)
        return conversation.id
      }
      const take = (agent: AgentCard) => ({ do: 'take', agent, at: 20 }) as const
      const close = (agent: AgentCard, at: number) => ({ do: 'close', by: 'agent', agent, at }) as const
      await chat()
      const waiting = await chat(queue(10))
      const mine = await chat(queue(10), take(sam))
      const hers = await chat(queue(10), take(kim))
      const closedLately = await chat(queue(10), take(sam), close(sam, 100))
      await chat(queue(10), take(sam), close(sam, 99))
      const closedByHer = await chat(queue(10), take(kim), close(kim, 500))
      await chat(queue(10), take(sam), { do: 'handBack', agent: sam })
      await chat({ do: 'close', by: 'visitor', at: 500 })
      const ids = async (agent: AgentCard) =>
        (await store.inbox(agent, 100)).map(one => one.conversation.id).sort()
      expect(await ids(sam)).toEqual([waiting, mine, hers, closedLately].sort())
      expect(await ids(kim)).toEqual([waiting, mine, hers, closedByHer].sort())
      const row = (await store.inbox(sam, 100)).find(one => one.conversation.id === waiting)
      expect(row).toMatchObject({ unread: 1, last: { body: { text: 'hello' } } })
    })

    test('[R2] an agent serves a visitor while a conversation of theirs is open', async () => {
      const { store, ada } = await withAda(newStore)
      const bo = await newVisitor(store)
      const { id } = (await start(store, ada, 'hello')).conversation
      const served = async () => [
        await store.serves(sam, ada),
        await store.serves(kim, ada),
        await store.serves(sam, bo),
      ]
      expect(await served()).toEqual([false, false, false])
      await act(store, id, queue(10))
      expect(await served()).toEqual([false, false, false])
      await act(store, id, { do: 'take', agent: sam, at: 20 })
      expect(await served()).toEqual([true, false, false])
      await act(store, id, { do: 'handBack', agent: sam })
      expect(await served()).toEqual([false, false, false])
      await act(store, id, queue(30))
      await act(store, id, { do: 'take', agent: kim, at: 40 })
      expect(await served()).toEqual([false, true, false])
      await act(store, id, { do: 'close', by: 'agent', agent: kim, at: 50 })
      expect(await served()).toEqual([false, false, false])
    })

    test('[S4] a turn of the bot that was cut off is found, and only that', async () => {
      const { store, ada } = await withAda(newStore)
      const cutOff = await start(store, ada, 'cut off')
      const answered = await start(store, ada, 'answered')
      await say(store, answered.conversation.id, 'the answer', { by: { role: 'bot' } })
      const calls = await start(store, ada, 'calls a person')
      await act(store, calls.conversation.id, queue(10))
      await say(store, calls.conversation.id, 'hello?')
      const closed = await start(store, ada, 'closed')
      await act(store, closed.conversation.id, { do: 'close', by: 'visitor', at: 10 })
      const ids = async () => (await store.unanswered()).map(one => one.id)
      expect(await ids()).toEqual([cutOff.conversation.id])
      await say(store, answered.conversation.id, 'and another thing')
      expect((await ids()).sort()).toEqual([cutOff.conversation.id, answered.conversation.id].sort())
      await say(store, cutOff.conversation.id, 'the answer', { by: { role: 'bot' } })
      expect(await ids()).toEqual([answered.conversation.id])
    })

    test('what visitors said of answers comes latest first, of their site alone, and only so much', async () => {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'where is my deposit')).conversation
      const other = (await start(store, ada, 'elsewhere', { siteId: 'st_other' })).conversation.id
      const rate = (conversation: ConversationId, of: number, helped: boolean, entryId = `entry_${of}`) => {
        const body = { kind: 'rating', text: 'said', of, entryId, confidence: 0.9, helped } as const
        return store.append(conversation, NOW, { decide: () => ({ drafts: [{ author: visitor, body }] }) })
      }
      await rate(id, 1, true)
      await rate(other, 2, false)
      await rate(id, 3, false)
      expect((await store.ratings(SITE, 10)).map(one => [one.of, one.helped])).toEqual([
        [3, false],
        [1, true],
      ])
      expect((await store.ratings(SITE, 1)).map(one => one.of)).toEqual([3])
      expect(await store.ratings('st_nobody', 10)).toEqual([])
      // One visitor who clicks and clicks.
      for (const of of [5, 6]) await rate(id, of, false, 'entry_3')
      for (const of of [7, 8, 9]) await rate(id, of, false)
      expect((await store.ratings(SITE, 10)).map(one => one.of)).toEqual([9, 8, 7])
    })

    test('[S4] "this did not help" waits for the bot as words do; "this helped" asks for nothing', async () => {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'where is my deposit')).conversation
      await say(store, id, 'the answer', { by: { role: 'bot' } })
      const rate = (helped: boolean) => {
        const body = {
          kind: 'rating',
          text: 'said',
          of: 2,
          entryId: 'fees',
          confidence: 0.9,
          helped,
        } as const
        return store.append(id, NOW, { decide: () => ({ drafts: [{ author: visitor, body }] }) })
      }
      await rate(true)
      expect(await store.unanswered()).toEqual([])
      await rate(false)
      expect((await store.unanswered()).map(one => one.id)).toEqual([id])
    })
  })
}
