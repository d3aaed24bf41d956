import type { ConversationState } from '@nightdesk/shared/conversation.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { describe, expect, test } from 'vitest'
import type { Decide, Draft } from '../store.ts'
import {
  act,
  bySam,
  kim,
  messagesOf,
  type NewStore,
  NOW,
  queue,
  queued,
  refused,
  sam,
  say,
  start,
  text,
  upTo,
  visitor,
  withAda,
  wordsIn,
  wordsOf,
} from './support.ts'

/** Appending and changing owners: G1 to G3 as a store keeps them. */
export function describeConversations(name: string, newStore: NewStore): void {
  describe(`${name}: conversations`, () => {
    test('[M3] two hundred words at once in five conversations get seq 1, 2, 3… without a gap', async () => {
      const { store, ada } = await withAda(newStore)
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
      const { store, ada } = await withAda(newStore)
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
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      const key = newId('mk')
      const first = await say(store, id, 'bye', { key })
      await act(store, id, { do: 'close', by: 'visitor', at: 80 })
      const draft = { author: visitor, body: text('bye'), key }
      const asked: number[] = []
      const again = await store.append(id, 90, {
        decide: conversation => {
          asked.push(conversation.lastSeq)
          throw new ChatError('CONVERSATION_CLOSED')
        },
        keyed: draft,
      })
      expect(again.message).toEqual(first.message)
      expect(asked).toEqual([])
    })

    test('[M2] a key with other words, another button or another author is refused', async () => {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      const key = newId('mk')
      await say(store, id, 'anyone?', { key })
      await refused('KEY_REUSED', say(store, id, 'Anyone?', { key }))
      await refused('KEY_REUSED', say(store, id, 'anyone?', { key, by: bySam }))
      const pressed = { kind: 'text', text: 'anyone?', entryId: 'kyc_time' } as const
      const draft = { author: visitor, body: pressed, key }
      await refused(
        'KEY_REUSED',
        store.append(id, NOW, { decide: () => ({ drafts: [draft] }), keyed: draft }),
      )
      expect(await wordsOf(store, id)).toEqual(['hello', 'anyone?'])
    })

    test('a guard refuses before a key is looked at, and writes nothing', async () => {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      const key = newId('mk')
      await say(store, id, 'mine', { key })
      const keyed = { author: visitor, body: text('mine'), key }
      const guard = () => {
        throw new ChatError('NOT_FOUND')
      }
      await refused('NOT_FOUND', store.append(id, NOW, { guard, decide: () => ({ drafts: [keyed] }), keyed }))
      expect(await wordsOf(store, id)).toEqual(['hello', 'mine'])
    })

    test('[M2] a key belongs to its conversation: in another one it is free', async () => {
      const { store, ada } = await withAda(newStore)
      const [one, two] = [await start(store, ada, 'one'), await start(store, ada, 'two')]
      const key = newId('mk')
      await say(store, one.conversation.id, 'here', { key })
      expect((await say(store, two.conversation.id, 'there', { key })).added).toHaveLength(1)
    })

    test('[M2] a key that was refused was not used up', async () => {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      const draft = { author: bySam, body: text('hi'), key: newId('mk') }
      const notYet: Decide = () => {
        throw new ChatError('NOT_YOUR_CONVERSATION')
      }
      await refused('NOT_YOUR_CONVERSATION', store.append(id, NOW, { decide: notYet, keyed: draft }))
      expect(
        (await store.append(id, NOW, { decide: () => ({ drafts: [draft] }), keyed: draft })).message?.seq,
      ).toBe(2)
    })

    test('a refusal writes nothing and does not hurt what is written beside it', async () => {
      const { store, ada } = await withAda(newStore)
      const [{ conversation: one }, { conversation: two }] = [
        await start(store, ada, 'one'),
        await start(store, ada, 'two'),
      ]
      const fault = new TypeError('a bug in a decision')
      const results = await Promise.allSettled([
        say(store, one.id, 'before'),
        store.append(one.id, NOW, {
          decide: () => {
            throw new ChatError('CONVERSATION_CLOSED')
          },
        }),
        say(store, two.id, 'elsewhere'),
        store.append(two.id, NOW, {
          decide: () => {
            throw fault
          },
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
      const { store, ada } = await withAda(newStore)
      const { conversation } = await start(store, ada, 'hello')
      const key = newId('mk')
      const draft = { author: visitor, body: text('twice'), key }
      // Two messages of one key cannot both be stored; the first must not stay behind alone.
      await expect(
        store.append(conversation.id, NOW, { decide: () => ({ state: queued(80), drafts: [draft, draft] }) }),
      ).rejects.toThrow()
      expect(await store.conversation(conversation.id)).toEqual(conversation)
      expect(await wordsOf(store, conversation.id)).toEqual(['hello'])
      expect((await say(store, conversation.id, 'twice', { key })).message?.seq).toBe(2)
    })

    test('[S1] of two agents who take a conversation at once, one has it', async () => {
      const { store, ada } = await withAda(newStore)
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
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      const { conversation, added } = await act(store, id, queue(80))
      expect(conversation).toMatchObject({ status: 'queued', queuedAt: 80, epoch: 1, lastSeq: 2 })
      expect(added).toMatchObject([{ seq: 2, body: { kind: 'status', now: queued(80) } }])
      expect(await store.conversation(id)).toEqual(conversation)
    })

    test('[S1] each state is read as it was written, and nothing of the one before stays', async () => {
      const { store, ada } = await withAda(newStore)
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
        const { conversation } = await store.append(id, 100, { decide: () => ({ state, drafts: [] }) })
        const wanted = { ...still, ...state, epoch: index + 1, lastSeq: 1 }
        expect(conversation).toEqual(wanted)
        expect(await store.conversation(id)).toEqual(wanted)
      }
    })

    test('[S3] a decision to do nothing changes nothing', async () => {
      const { store, ada } = await withAda(newStore)
      const { conversation } = await start(store, ada, 'hello')
      const nothing = await store.append(conversation.id, NOW, { decide: () => ({ drafts: [] }) })
      expect(nothing).toEqual({ conversation, added: [], message: undefined })
      expect(await store.conversation(conversation.id)).toEqual(conversation)
    })

    test('[S4] a decision sees what was written just before it, in the same commit too', async () => {
      const { store, ada } = await withAda(newStore)
      const { conversation } = await start(store, ada, 'hello')
      const seen: string[] = []
      const look: Decide = now => {
        seen.push(`${now.status} ${now.epoch} ${now.lastSeq}`)
        return { drafts: [] }
      }
      await Promise.all([
        store.append(conversation.id, NOW, { decide: look }),
        act(store, conversation.id, queue(80)),
        store.append(conversation.id, NOW, { decide: look }),
      ])
      expect(seen).toEqual(['bot 0 1', 'queued 1 2'])
    })

    test('[M2] the answer to words that bring a change of owner with them is the words', async () => {
      const { store, ada } = await withAda(newStore)
      const { id } = (await start(store, ada, 'hello')).conversation
      const draft = { author: visitor, body: text('human'), key: newId('mk') }
      const status: Draft = { author: { role: 'bot' }, body: { kind: 'status', now: queued(80) } }
      const decide: Decide = () => ({ state: queued(80), drafts: [draft, status] })
      const { message, added } = await store.append(id, NOW, { decide, keyed: draft })
      expect(message).toMatchObject({ seq: 2, key: draft.key })
      expect(added.map(one => one.seq)).toEqual([2, 3])
    })

    test('what does not exist is NOT_FOUND to a writer and nothing to a reader', async () => {
      const { store } = await newStore()
      const id = newId('cv')
      await refused('NOT_FOUND', say(store, id, 'hello'))
      await refused('NOT_FOUND', store.markRead(id, 'desk', 1))
      expect(await store.conversation(id)).toBeUndefined()
      expect(await store.page(id, 'latest', 10)).toBeUndefined()
      expect(await store.overview(id, 'desk')).toBeUndefined()
      expect(await store.conversationsOf(newId('vi'), 10)).toEqual([])
    })

    test('[M5] words come back exactly as they were written', async () => {
      const { store, ada } = await withAda(newStore)
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
}
