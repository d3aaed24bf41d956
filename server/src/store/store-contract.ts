import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import { type ConversationState, transition } from '@nightdesk/shared/conversation.ts'
import { ChatError, type ErrorCode } from '@nightdesk/shared/errors.ts'
import { type ConversationId, type MessageKey, newId, type VisitorId } from '@nightdesk/shared/ids.ts'
import type { Author, Message } from '@nightdesk/shared/message.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Decide, Decision, Draft, Store } from './store.ts'

/**
 * The suite that every store passes. `open` opens the store of a path; the same path opened again, after a
 * close, is the same store.
 */
export function describeStore(name: string, open: (path: string) => Store): void {
  /** A store of its own for a test, and how to close and open it again. */
  function newStore() {
    const dir = mkdtempSync(join(tmpdir(), 'nightdesk-store-'))
    const path = join(dir, 'store.db')
    let store = open(path)
    onTestFinished(async () => {
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    })
    return {
      store,
      reopen: async (): Promise<Store> => {
        await store.close()
        store = open(path)
        return store
      },
    }
  }

  /** Ada, anonymous, in a store of her own. */
  async function withAda() {
    const { store, reopen } = newStore()
    const ada = await newVisitor(store)
    return { store, reopen, ada }
  }

  describe(`${name}: conversations`, () => {
    test('[M2] the first words make a conversation of the bot with one message', async () => {
      const { store, ada } = await withAda()
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
      const { store, ada } = await withAda()
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
      const { store, ada } = await withAda()
      const key = newId('mk')
      const hers = await start(store, ada, 'hello', { key })
      await refused('KEY_REUSED', start(store, ada, 'something else', { key }))
      const his = await start(store, await newVisitor(store), 'something else', { key })
      expect(his.repeated).toBe(false)
      expect(his.conversation.id).not.toBe(hers.conversation.id)
      expect(await wordsOf(store, hers.conversation.id)).toEqual(['hello'])
    })

    test('[M2] a start that is repeated answers the conversation as it is now', async () => {
      const { store, ada } = await withAda()
      const key = newId('mk')
      const { conversation } = await start(store, ada, 'hello', { key })
      await act(store, conversation.id, queue(80))
      const again = await start(store, ada, 'hello', { key })
      expect(again.conversation).toMatchObject({ status: 'queued', queuedAt: 80, lastSeq: 2, epoch: 1 })
    })

    test('[M3] two hundred words at once in five conversations get seq 1, 2, 3… without a gap', async () => {
      const { store, ada } = await withAda()
      const ids: ConversationId[] = []
      for (let index = 0; index < 5; index++)
        ids.push((await start(store, ada, 'words 0', { at: index })).conversation.id)
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          say(store, ids[index % 5] as ConversationId, `words ${1 + Math.floor(index / 5)}`),
        ),
      )
      for (const [place, id] of ids.entries()) {
        const stored = await messagesOf(store, id)
        expect(stored.map(message => message.seq)).toEqual(upTo(41))
        expect(stored.map(wordsIn)).toEqual(Array.from({ length: 41 }, (_, index) => `words ${index}`))
        const answered = answers.filter((_, index) => index % 5 === place).map(answer => answer.message)
        expect(answered).toEqual(stored.slice(1))
        expect((await store.conversation(id))?.lastSeq).toBe(41)
      }
      const all = (await Promise.all(ids.map(id => messagesOf(store, id)))).flat()
      expect(new Set(all.map(message => message.id)).size).toBe(205)
    })

    test('[M2] the same key is the same message, twenty times at once and ever after', async () => {
      const { store, ada } = await withAda()
      const { id } = (await start(store, ada, 'hello')).conversation
      const key = newId('mk')
      const answers = await Promise.all(Array.from({ length: 20 }, () => say(store, id, 'anyone?', { key })))
      expect(answers.flatMap(answer => answer.added)).toHaveLength(1)
      expect(new Set(answers.map(answer => answer.message?.id)).size).toBe(1)
      expect(answers.map(answer => answer.message?.seq)).toEqual(Array.from({ length: 20 }, () => 2))
      await say(store, id, 'still there?')
      const late = await say(store, id, 'anyone?', { key, at: 99_999 })
      expect(late.added).toEqual([])
      expect(late.message).toEqual(answers[0]?.message)
      expect(late.conversation.lastSeq).toBe(3)
      expect(await wordsOf(store, id)).toEqual(['hello', 'anyone?', 'still there?'])
    })

    test('[M2] a key that was accepted is answered even where its words would be refused by now', async () => {
      const { store, ada } = await withAda()
      const { id } = (await start(store, ada, 'hello')).conversation
      const key = newId('mk')
      const first = await say(store, id, 'bye', { key })
      await act(store, id, { do: 'close', by: 'visitor', at: 80 })
      const draft = { author: visitor, body: text('bye'), key }
      const asked: number[] = []
      const again = await store.append(
        id,
        90,
        conversation => {
          asked.push(conversation.lastSeq)
          throw new ChatError('CONVERSATION_CLOSED')
        },
        draft,
      )
      expect(again.message).toEqual(first.message)
      expect(asked).toEqual([])
    })

    test('[M2] a key with other words, another button or another author is refused', async () => {
      const { store, ada } = await withAda()
      const { id } = (await start(store, ada, 'hello')).conversation
      const key = newId('mk')
      await say(store, id, 'anyone?', { key })
      await refused('KEY_REUSED', say(store, id, 'Anyone?', { key }))
      await refused('KEY_REUSED', say(store, id, 'anyone?', { key, by: bySam }))
      const pressed = { kind: 'text', text: 'anyone?', entryId: 'kyc_time' } as const
      const draft = { author: visitor, body: pressed, key }
      await refused(
        'KEY_REUSED',
        store.append(id, NOW, () => ({ drafts: [draft] }), draft),
      )
      expect(await wordsOf(store, id)).toEqual(['hello', 'anyone?'])
    })

    test('[M2] a key belongs to its conversation: in another one it is free', async () => {
      const { store, ada } = await withAda()
      const [one, two] = [await start(store, ada, 'one'), await start(store, ada, 'two')]
      const key = newId('mk')
      await say(store, one.conversation.id, 'here', { key })
      expect((await say(store, two.conversation.id, 'there', { key })).added).toHaveLength(1)
    })

    test('[M2] a key that was refused was not used up', async () => {
      const { store, ada } = await withAda()
      const { id } = (await start(store, ada, 'hello')).conversation
      const draft = { author: bySam, body: text('hi'), key: newId('mk') }
      const notYet: Decide = () => {
        throw new ChatError('NOT_YOUR_CONVERSATION')
      }
      await refused('NOT_YOUR_CONVERSATION', store.append(id, NOW, notYet, draft))
      expect((await store.append(id, NOW, () => ({ drafts: [draft] }), draft)).message?.seq).toBe(2)
    })

    test('a refusal writes nothing and does not hurt what is written beside it', async () => {
      const { store, ada } = await withAda()
      const [{ conversation: one }, { conversation: two }] = [
        await start(store, ada, 'one'),
        await start(store, ada, 'two'),
      ]
      const fault = new TypeError('a bug in a decision')
      const results = await Promise.allSettled([
        say(store, one.id, 'before'),
        store.append(one.id, NOW, () => {
          throw new ChatError('CONVERSATION_CLOSED')
        }),
        say(store, two.id, 'elsewhere'),
        store.append(two.id, NOW, () => {
          throw fault
        }),
        say(store, one.id, 'after'),
      ])
      expect(results.map(result => result.status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ])
      expect(results[1]).toMatchObject({ reason: { code: 'CONVERSATION_CLOSED' } })
      expect(results[3]).toMatchObject({ reason: fault })
      expect(await wordsOf(store, one.id)).toEqual(['one', 'before', 'after'])
      expect((await messagesOf(store, one.id)).map(message => message.seq)).toEqual([1, 2, 3])
      expect(await wordsOf(store, two.id)).toEqual(['two', 'elsewhere'])
    })

    test('an append that cannot be written whole is not written in part', async () => {
      const { store, ada } = await withAda()
      const { conversation } = await start(store, ada, 'hello')
      const key = newId('mk')
      const draft = { author: visitor, body: text('twice'), key }
      // Two messages of one key cannot both be stored; the first must not stay behind alone.
      await expect(
        store.append(conversation.id, NOW, () => ({ state: queued(80), drafts: [draft, draft] })),
      ).rejects.toThrow()
      expect(await store.conversation(conversation.id)).toEqual(conversation)
      expect(await wordsOf(store, conversation.id)).toEqual(['hello'])
      expect((await say(store, conversation.id, 'twice', { key })).message?.seq).toBe(2)
    })

    test('[S1] of two agents who take a conversation at once, one has it', async () => {
      const { store, ada } = await withAda()
      const { id } = (await start(store, ada, 'hello')).conversation
      await act(store, id, queue(80))
      const results = await Promise.allSettled(
        [sam, kim].map(agent => act(store, id, { do: 'take', agent, at: 90 })),
      )
      expect(results[0]).toMatchObject({ status: 'fulfilled' })
      expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'ALREADY_TAKEN' } })
      expect(await store.conversation(id)).toMatchObject({ status: 'open', agent: sam, epoch: 2, lastSeq: 3 })
    })

    test('[S2] a change of owner and the message that tells of it are one', async () => {
      const { store, ada } = await withAda()
      const { id } = (await start(store, ada, 'hello')).conversation
      const { conversation, added } = await act(store, id, queue(80))
      expect(conversation).toMatchObject({ status: 'queued', queuedAt: 80, epoch: 1, lastSeq: 2 })
      expect(added).toMatchObject([{ seq: 2, body: { kind: 'status', now: queued(80) } }])
      expect(await store.conversation(id)).toEqual(conversation)
    })

    test('[S1] each state is read as it was written, and nothing of the one before stays', async () => {
      const { store, ada } = await withAda()
      const { id } = (await start(store, ada, 'hello')).conversation
      const base = await store.conversation(id)
      const states: ConversationState[] = [
        queued(80, 'unsure'),
        { status: 'open', openedAt: 90, agent: sam },
        { status: 'bot' },
        { status: 'closed', closedAt: 95, closedBy: 'visitor', agent: null },
        { status: 'closed', closedAt: 96, closedBy: 'agent', agent: kim },
      ]
      const { status: _, ...still } = base ?? { status: 'bot' }
      for (const [index, state] of states.entries()) {
        const { conversation } = await store.append(id, 100, () => ({ state, drafts: [] }))
        const wanted = { ...still, ...state, epoch: index + 1, lastSeq: 1 }
        expect(conversation).toEqual(wanted)
        expect(await store.conversation(id)).toEqual(wanted)
      }
    })

    test('[S3] a decision to do nothing changes nothing', async () => {
      const { store, ada } = await withAda()
      const { conversation } = await start(store, ada, 'hello')
      const nothing = await store.append(conversation.id, NOW, () => ({ drafts: [] }))
      expect(nothing).toEqual({ conversation, added: [], message: undefined })
      expect(await store.conversation(conversation.id)).toEqual(conversation)
    })

    test('[S4] a decision sees what was written just before it, in the same commit too', async () => {
      const { store, ada } = await withAda()
      const { conversation } = await start(store, ada, 'hello')
      const seen: string[] = []
      const look: Decide = now => {
        seen.push(`${now.status} ${now.epoch} ${now.lastSeq}`)
        return { drafts: [] }
      }
      await Promise.all([
        store.append(conversation.id, NOW, look),
        act(store, conversation.id, queue(80)),
        store.append(conversation.id, NOW, look),
      ])
      expect(seen).toEqual(['bot 0 1', 'queued 1 2'])
    })

    test('[M2] the answer to words that bring a change of owner with them is the words', async () => {
      const { store, ada } = await withAda()
      const { id } = (await start(store, ada, 'hello')).conversation
      const draft = { author: visitor, body: text('human'), key: newId('mk') }
      const status: Draft = { author: { role: 'bot' }, body: { kind: 'status', now: queued(80) } }
      const decide: Decide = () => ({ state: queued(80), drafts: [draft, status] })
      const { message, added } = await store.append(id, NOW, decide, draft)
      expect(message).toMatchObject({ seq: 2, key: draft.key })
      expect(added.map(one => one.seq)).toEqual([2, 3])
    })

    test('what does not exist is NOT_FOUND to a writer and nothing to a reader', async () => {
      const { store } = newStore()
      const id = newId('cv')
      await refused('NOT_FOUND', say(store, id, 'hello'))
      await refused('NOT_FOUND', store.markRead(id, 'desk', 1))
      expect(await store.conversation(id)).toBeUndefined()
      expect(await store.page(id, 'latest', 10)).toBeUndefined()
      expect(await store.overview(id, 'desk')).toBeUndefined()
      expect(await store.conversationsOf(newId('vi'), 10)).toEqual([])
    })

    test('[M5] words come back exactly as they were written', async () => {
      const { store, ada } = await withAda()
      const hard = [
        '币在哪里？\n第二行\t制表',
        '😀'.repeat(4000),
        '𠮷👨‍👩‍👧‍👦 e\u0301',
        '\'; DROP TABLE messages; -- "\\"',
        '{"kind":"status"}',
        ' spaces around ',
        '%s $1 \\u0000',
      ]
      const { id } = (await start(store, ada, 'hello')).conversation
      for (const words of hard) await say(store, id, words)
      expect(await wordsOf(store, id)).toEqual(['hello', ...hard])
    })
  })

  describe(`${name}: pages`, () => {
    async function tenMessages() {
      const { store, ada } = await withAda()
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
      const { store, ada } = await withAda()
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
      expect(marks.map(mark => mark.seq)).toEqual([4, 4, 5, 5])
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
      const { store, ada } = await withAda()
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
      const { store, ada } = await withAda()
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
      const { store, ada } = await withAda()
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
      const { store, ada } = await withAda()
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
      const { store, ada } = await withAda()
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
  })

  describe(`${name}: visitors`, () => {
    const eve = { siteId: SITE, externalId: 'customer-7', name: 'Eve', locale: 'en', at: 50 }

    test('[H4] a verified visitor is found by the id the exchange gave, and made once', async () => {
      const { store } = newStore()
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
      })
      expect(await store.visitor(later.id)).toEqual(later)
    })

    test('[H4] the same customer id at another site, or the same name, is somebody else', async () => {
      const { store } = newStore()
      const one = await store.verifiedVisitor(eve)
      const elsewhere = await store.verifiedVisitor({ ...eve, siteId: 'st_other' })
      const namesake = await store.verifiedVisitor({ ...eve, externalId: 'customer-8' })
      expect(new Set([one.id, elsewhere.id, namesake.id]).size).toBe(3)
    })

    test('[H4] the name of a verified visitor follows the exchange', async () => {
      const { store } = newStore()
      const { id } = await store.verifiedVisitor(eve)
      expect(await store.verifiedVisitor({ ...eve, name: 'Eva' })).toMatchObject({ id, name: 'Eva' })
      expect(await store.visitor(id)).toMatchObject({ name: 'Eva' })
      expect(await store.verifiedVisitor({ ...eve, name: null })).toMatchObject({ id, name: null })
      expect(await store.visitor(id)).toMatchObject({ name: null })
    })

    test('[H3] an anonymous visitor is found by the token of the browser, at its own site only', async () => {
      const { store } = newStore()
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
      })
      expect(ada.id).not.toBe(bo.id)
      expect(await store.visitorBySession(SITE, 'hash of ada')).toEqual(ada)
      expect(await store.visitorBySession(SITE, 'hash of bo')).toEqual(bo)
      expect(await store.visitorBySession('st_other', 'hash of ada')).toBeUndefined()
      expect(await store.visitorBySession(SITE, 'hash of eve')).toBeUndefined()
      expect(await store.visitor(newId('vi'))).toBeUndefined()
    })

    test("[H5] adopting moves the conversations of one browser and ends that browser's session", async () => {
      const { store } = newStore()
      const anonymous = async (tokenHash: string) =>
        (await store.newAnonymousVisitor({ siteId: SITE, locale: 'en', tokenHash, at: 1 })).id
      const [ada, bo] = [await anonymous('hash of ada'), await anonymous('hash of bo')]
      const verified = (await store.verifiedVisitor(eve)).id
      const key = newId('mk')
      const [one, two] = [await start(store, ada, 'one', { key }), await start(store, ada, 'two', { at: 2 })]
      const his = await start(store, bo, 'his')
      const old = await start(store, verified, 'old', { at: 1 })
      await act(store, one.conversation.id, queue(10))

      const moved = await store.adopt(ada, verified)
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
      expect(await store.adopt(ada, verified)).toEqual([])
    })

    test('[H5] adopting works when the same first words were sent under both names', async () => {
      const { store } = newStore()
      const ada = await newVisitor(store)
      const verified = (await store.verifiedVisitor(eve)).id
      const key = newId('mk')
      // The answer was lost; the browser signed in and sent its words once more.
      const before = await start(store, ada, 'hello', { key })
      await start(store, verified, 'hello', { key })
      await store.adopt(ada, verified)
      expect((await store.conversation(before.conversation.id))?.visitorId).toBe(verified)
    })
  })

  describe(`${name}: agents`, () => {
    const samsDesk = { email: 'sam@northgate.example', name: 'Sam', at: 50 }

    test('agents get the codes A11, A12, A13… in the order in which they came', async () => {
      const { store } = newStore()
      const sam = await store.addAgent(samsDesk)
      expect(sam).toEqual({
        id: sam.id,
        code: 'A11',
        name: 'Sam',
        email: 'sam@northgate.example',
        passwordHash: null,
        active: true,
      })
      const two = await Promise.all(
        ['kim', 'lee'].map(one => store.addAgent({ email: one, name: one, at: 60 })),
      )
      expect(two.map(agent => agent.code)).toEqual(['A12', 'A13'])
      expect(await store.agents()).toEqual([sam, ...two])
      expect(await store.agent(sam.id)).toEqual(sam)
      expect(await store.agentByEmail('sam@northgate.example')).toEqual(sam)
      expect(await store.agent(newId('ag'))).toBeUndefined()
      expect(await store.agentByEmail('nobody@northgate.example')).toBeUndefined()
    })

    test('an e-mail belongs to one agent, and a refusal uses up no code', async () => {
      const { store } = newStore()
      const results = await Promise.allSettled([
        store.addAgent(samsDesk),
        store.addAgent({ ...samsDesk, name: 'Samantha' }),
        store.addAgent({ ...samsDesk, email: 'kim@northgate.example', name: 'Kim' }),
      ])
      expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((await store.agents()).map(agent => `${agent.code} ${agent.name}`)).toEqual([
        'A11 Sam',
        'A12 Kim',
      ])
    })

    test('a password is set for one agent and no other', async () => {
      const { store } = newStore()
      const sam = await store.addAgent(samsDesk)
      const kim = await store.addAgent({ ...samsDesk, email: 'kim@northgate.example' })
      await store.setPassword(sam.id, 'scrypt$1')
      await store.setPassword(sam.id, 'scrypt$2')
      expect(await store.agent(sam.id)).toEqual({ ...sam, passwordHash: 'scrypt$2' })
      expect(await store.agent(kim.id)).toEqual(kim)
    })

    test('a sign-in link works once, also when it is used twice at once', async () => {
      const { store } = newStore()
      const sam = await store.addAgent(samsDesk)
      await store.addSignInLink({ tokenHash: 'link', agentId: sam.id, expiresAt: 100 })
      await store.addSignInLink({ tokenHash: 'other link', agentId: sam.id, expiresAt: 100 })
      const used = await Promise.all([store.useSignInLink('link', 99), store.useSignInLink('link', 99)])
      expect(used).toEqual([sam, undefined])
      expect(await store.useSignInLink('link', 99)).toBeUndefined()
      expect(await store.useSignInLink('no such link', 99)).toBeUndefined()
      expect(await store.useSignInLink('other link', 99)).toEqual(sam)
    })

    test('a sign-in link is worth nothing from the moment it expires', async () => {
      const { store } = newStore()
      const { id: agentId } = await store.addAgent(samsDesk)
      await store.addSignInLink({ tokenHash: 'at', agentId, expiresAt: 100 })
      await store.addSignInLink({ tokenHash: 'after', agentId, expiresAt: 100 })
      expect(await store.useSignInLink('at', 100)).toBeUndefined()
      expect(await store.useSignInLink('after', 101)).toBeUndefined()
      // Nor does it come back when the clock is set back.
      expect(await store.useSignInLink('after', 50)).toBeUndefined()
    })

    test('a desk session is its agent until it expires or is ended', async () => {
      const { store } = newStore()
      const sam = await store.addAgent(samsDesk)
      const session = (tokenHash: string) => ({ tokenHash, agentId: sam.id, at: 50, expiresAt: 100 })
      await store.addDeskSession(session('laptop'))
      await store.addDeskSession(session('phone'))
      expect((await store.agentBySession('laptop', 99))?.agent).toEqual(sam)
      expect(await store.agentBySession('laptop', 100)).toBeUndefined()
      expect(await store.agentBySession('no such session', 60)).toBeUndefined()
      await store.endDeskSession('laptop')
      expect(await store.agentBySession('laptop', 60)).toBeUndefined()
      expect((await store.agentBySession('phone', 60))?.agent).toEqual(sam)
    })
  })

  describe(`${name}: on disk`, () => {
    test('[M1] everything is there after a close and an open', async () => {
      const { store, reopen } = newStore()
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
      const { store, reopen, ada } = await withAda()
      const { id } = (await start(store, ada, 'hello')).conversation
      const lastWords = say(store, id, 'last words')
      const again = await reopen()
      expect((await lastWords).message?.seq).toBe(2)
      expect(await wordsOf(again, id)).toEqual(['hello', 'last words'])
    })
  })
}

const SITE = 'st_demo'
const NOW = 1000
const visitor: Author = { role: 'visitor' }
const sam: AgentCard = { code: 'A11', name: 'Sam' }
const kim: AgentCard = { code: 'A12', name: 'Kim' }
const bySam: Author = { role: 'agent', agent: sam }

const text = (words: string) => ({ kind: 'text', text: words }) as const
const queue = (at: number) => ({ do: 'askForHuman', reason: 'asked', at }) as const
const queued = (at: number, reason: 'asked' | 'unsure' = 'asked'): ConversationState => ({
  status: 'queued',
  queuedAt: at,
  reason,
})
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

let browsers = 0

async function newVisitor(store: Store): Promise<VisitorId> {
  const tokenHash = `hash of browser ${browsers++}`
  return (await store.newAnonymousVisitor({ siteId: SITE, locale: 'en', tokenHash, at: 1 })).id
}

function start(
  store: Store,
  visitorId: VisitorId,
  words: string,
  { key = newId('mk'), at = NOW, siteId = SITE }: { key?: MessageKey; at?: number; siteId?: string } = {},
) {
  const draft = { author: visitor, body: text(words), key }
  return store.start({ siteId, visitorId, locale: 'en', draft, at })
}

function say(
  store: Store,
  id: ConversationId,
  words: string,
  { key = newId('mk'), by = visitor, at = NOW }: { key?: MessageKey; by?: Author; at?: number } = {},
) {
  const draft = { author: by, body: text(words), key }
  return store.append(id, at, () => ({ drafts: [draft] }), draft)
}

/** Changes the owner as the heart does: by `transition()`, with a message that tells of it. */
function act(store: Store, id: ConversationId, action: Parameters<typeof transition>[1]) {
  return store.append(id, NOW, (conversation): Decision => {
    const state = transition(conversation, action)
    if (!state) return { drafts: [] }
    return { state, drafts: [{ author: { role: 'bot' }, body: { kind: 'status', now: state } }] }
  })
}

async function messagesOf(store: Store, id: ConversationId): Promise<Message[]> {
  return (await store.page(id, 'latest', 1000))?.messages ?? []
}

const wordsIn = ({ body }: Message) => (body.kind === 'status' ? `<${body.now.status}>` : body.text)

async function wordsOf(store: Store, id: ConversationId): Promise<string[]> {
  return (await messagesOf(store, id)).map(wordsIn)
}

async function refused(code: ErrorCode, promise: Promise<unknown>): Promise<void> {
  await expect(promise).rejects.toMatchObject({ name: 'ChatError', code })
}
