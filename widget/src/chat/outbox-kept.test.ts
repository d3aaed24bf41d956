import { type ConversationId, newId } from '@nightdesk/shared/ids.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOutbox, type Unsent } from './outbox.ts'

/** What the outbox does for words that live longer than a page. */
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const chat = newId('cv')
const settled = () => vi.advanceTimersByTimeAsync(0)

/** An outbox whose last delivery is answered by hand. */
function newOutbox() {
  const sent: string[] = []
  let items: readonly Unsent[] = []
  let answer: PromiseWithResolvers<ConversationId> | undefined
  const outbox = createOutbox(
    item => {
      sent.push(item.text)
      answer = Promise.withResolvers()
      return answer.promise
    },
    next => {
      items = next
    },
  )
  return {
    outbox,
    says: (text: string) => outbox.send({ conversationId: chat, text }),
    sent: () => sent,
    accept: () => {
      answer?.resolve(chat)
      return settled()
    },
    fail: () => {
      answer?.reject(new Error('no server'))
      return settled()
    },
    states: () => items.map(item => `${item.text}: ${item.state.name}`),
    items: () => items,
  }
}

test('[G5] words that found no server for a day are given up and seen to be', async () => {
  const { says, sent, states, items, fail } = newOutbox()
  says('one')
  await fail()
  await vi.advanceTimersByTimeAsync(1000)
  vi.setSystemTime(Date.now() + 86_400_000)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sent()).toEqual(['one'])
  expect(states()).toEqual(['one: refused'])
  expect(items()[0]?.state).toMatchObject({ refusal: { code: 'NOT_READY', retry: 'never' } })
})

test('a keeper hears of every change and says when to send', async () => {
  const { says, sent, states, outbox, accept } = newOutbox()
  const heard: string[][] = []
  let mayWork = () => {}
  outbox.keepWith({
    changed: items => heard.push(items.map(item => item.text)),
    alone: async work => {
      await new Promise<void>(resolve => {
        mayWork = resolve
      })
      await work()
    },
  })
  says('one')
  says('two')
  expect(heard).toEqual([[], ['one'], ['one', 'two']])
  expect(sent()).toEqual([])
  mayWork()
  await settled()
  await accept()
  await accept()
  expect(sent()).toEqual(['one', 'two'])
  expect(states()).toEqual(['one: accepted', 'two: accepted'])
})

test('words that come from elsewhere are sent, and are late by the time of their writing', async () => {
  const { outbox, sent, states } = newOutbox()
  const writtenAt = Date.now() - 9000
  outbox.replace([
    { key: newId('mk'), conversationId: chat, text: 'old', writtenAt, state: { name: 'sending' } },
  ])
  expect(sent()).toEqual(['old'])
  await vi.advanceTimersByTimeAsync(999)
  expect(states()).toEqual(['old: sending'])
  await vi.advanceTimersByTimeAsync(1)
  expect(states()).toEqual(['old: late'])
})

test('two messages of one millisecond have an order', () => {
  const { says } = newOutbox()
  expect(says('one').writtenAt).toBeLessThan(says('two').writtenAt)
})
