import { ERRORS, type ErrorCode } from '@nightdesk/shared/errors.ts'
import { type ConversationId, newId } from '@nightdesk/shared/ids.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AskError } from './connection.ts'
import { createOutbox, type Unsent } from './outbox.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const chat = newId('cv')

/** An outbox whose deliveries are answered by hand. */
function newOutbox() {
  const asked: {
    item: Unsent
    accept(id?: ConversationId): Promise<void>
    fail(error: unknown): Promise<void>
  }[] = []
  let items: readonly Unsent[] = []
  const seen: (readonly Unsent[])[] = []
  const outbox = createOutbox(
    item =>
      new Promise((resolve, reject) => {
        asked.push({
          item,
          accept: async (id = item.conversationId ?? chat) => {
            resolve(id)
            await settled()
          },
          fail: async error => {
            reject(error)
            await settled()
          },
        })
      }),
    next => {
      items = next
      seen.push(next)
    },
  )
  return {
    outbox,
    asked,
    seen,
    says: (text: string, conversationId: ConversationId | null = chat) =>
      outbox.send({ conversationId, text }),
    /** The delivery that is on its way. */
    last: () => {
      const delivery = asked.at(-1)
      if (!delivery) throw new Error('nothing was sent')
      return delivery
    },
    sent: () => asked.map(delivery => delivery.item.text),
    states: () => items.map(item => `${item.text}: ${item.state.name}`),
    items: () => items,
  }
}

const settled = () => vi.advanceTimersByTimeAsync(0)

function refusedWith(code: ErrorCode, retryAfterMs?: number): AskError {
  const { sentence, retry } = ERRORS[code]
  return new AskError({
    code,
    message: sentence,
    retry,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

test('what is written is shown as sending at once, and as accepted when the server has it', async () => {
  const { says, last, states, items } = newOutbox()
  const item = says('where is my deposit?')
  expect(states()).toEqual(['where is my deposit?: sending'])
  expect(last().item).toEqual(item)
  await last().accept()
  expect(states()).toEqual(['where is my deposit?: accepted'])
  expect(items()[0]).toMatchObject({ key: item.key, conversationId: chat })
})

test('[M3] words are sent in the order in which they were written, one at a time', async () => {
  const { says, last, sent } = newOutbox()
  for (const word of ['one', 'two', 'three']) says(word)
  expect(sent()).toEqual(['one'])
  await last().accept()
  expect(sent()).toEqual(['one', 'two'])
  await last().accept()
  await last().accept()
  expect(sent()).toEqual(['one', 'two', 'three'])
})

test('[M2] words that got no answer are sent again under the same key, before later ones', async () => {
  const { says, last, sent, asked, states } = newOutbox()
  says('one')
  says('two')
  await last().fail(refusedWith('NOT_READY'))
  expect(states()).toEqual(['one: sending', 'two: sending'])
  expect(sent()).toEqual(['one'])
  await vi.advanceTimersByTimeAsync(2000)
  expect(sent()).toEqual(['one', 'one'])
  expect(asked[1]?.item.key).toBe(asked[0]?.item.key)
  await last().accept()
  expect(sent()).toEqual(['one', 'one', 'two'])
})

test('[M2] every message has a key of its own', () => {
  const { says } = newOutbox()
  expect(says('ok').key).not.toBe(says('ok').key)
})

test('words are sent again on the next connection without waiting', async () => {
  const { says, last, sent, outbox } = newOutbox()
  says('one')
  await last().fail(refusedWith('NOT_READY'))
  outbox.flush()
  expect(sent()).toEqual(['one', 'one'])
  await last().accept()
  // The wait for another try was over with the connection.
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent()).toEqual(['one', 'one'])
})

test('a try that failed again waits anew, and the wait before it is over', async () => {
  const { says, last, sent, outbox } = newOutbox()
  says('one')
  await last().fail(refusedWith('NOT_READY'))
  await vi.advanceTimersByTimeAsync(1500)
  outbox.flush()
  await last().fail(refusedWith('NOT_READY'))
  await vi.advanceTimersByTimeAsync(1999)
  expect(sent()).toEqual(['one', 'one'])
  await vi.advanceTimersByTimeAsync(1)
  expect(sent()).toEqual(['one', 'one', 'one'])
})

test('a connection that comes while words are on their way does not send them twice', async () => {
  const { says, last, sent, outbox } = newOutbox()
  says('one')
  outbox.flush()
  outbox.flush()
  expect(sent()).toEqual(['one'])
  await last().accept()
  expect(sent()).toEqual(['one'])
})

test('[A5] who is told to wait waits as long as they were told', async () => {
  const { says, last, sent } = newOutbox()
  says('one')
  await last().fail(refusedWith('RATE_LIMITED', 7500))
  await vi.advanceTimersByTimeAsync(7499)
  expect(sent()).toEqual(['one'])
  await vi.advanceTimersByTimeAsync(1)
  expect(sent()).toEqual(['one', 'one'])
})

test('words that were refused for good are never sent again, and those behind them go on', async () => {
  const { says, last, sent, states, outbox, items } = newOutbox()
  says('too long')
  says('two')
  await last().fail(refusedWith('TEXT_TOO_LONG'))
  expect(sent()).toEqual(['too long', 'two'])
  await last().accept()
  expect(states()).toEqual(['too long: refused', 'two: accepted'])
  expect(items()[0]?.state).toMatchObject({ refusal: { code: 'TEXT_TOO_LONG' } })
  outbox.flush()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent()).toEqual(['too long', 'two'])
  expect(states()).toEqual(['too long: refused', 'two: accepted'])
})

test('[F-18] a clock that is set back by a day does not hold words back for a day', async () => {
  const { says, last, sent } = newOutbox()
  says('first')
  await last().fail(refusedWith('NOT_READY'))
  vi.setSystemTime(Date.now() - 86_400_000)
  await vi.advanceTimersByTimeAsync(2000)
  expect(sent()).toEqual(['first', 'first'])
})

test.each(['SESSION_INVALID', 'STORE_UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED', 'NOT_READY'] as const)(
  'words that met %s are kept and tried again',
  async code => {
    const { says, last, sent, states } = newOutbox()
    says('one')
    await last().fail(refusedWith(code))
    expect(states()).toEqual(['one: sending'])
    await vi.advanceTimersByTimeAsync(2000)
    expect(sent()).toEqual(['one', 'one'])
  },
)

test('a fault of the page itself loses no words', async () => {
  const { says, last, sent } = newOutbox()
  says('one')
  await last().fail(new TypeError('a bug'))
  await vi.advanceTimersByTimeAsync(2000)
  expect(sent()).toEqual(['one', 'one'])
})

test('what was written while the first words were on their way follows them into their conversation', async () => {
  const { says, last, asked, items } = newOutbox()
  says('first', null)
  says('second', null)
  says('third', null)
  const made = newId('cv')
  await last().accept(made)
  expect(items().map(item => item.conversationId)).toEqual([made, made, made])
  expect(asked[1]?.item).toMatchObject({ text: 'second', conversationId: made })
})

test('when the first words are refused, the next ones begin the conversation', async () => {
  const { says, last, asked, items } = newOutbox()
  says('too long', null)
  says('shorter', null)
  says('and more', null)
  await last().fail(refusedWith('TEXT_TOO_LONG'))
  expect(last().item).toMatchObject({ text: 'shorter', conversationId: null })
  const made = newId('cv')
  await last().accept(made)
  expect(asked[2]?.item).toMatchObject({ text: 'and more', conversationId: made })
  expect(items()[0]?.state.name).toBe('refused')
})

test('words for another conversation stay with it when a new one is made', async () => {
  const { says, last, items } = newOutbox()
  says('first', null)
  says('elsewhere', chat)
  await last().accept(newId('cv'))
  expect(items()[1]?.conversationId).toBe(chat)
})

test('words are late after ten seconds without an answer, and accepted when it comes at last', async () => {
  const { says, last, states } = newOutbox()
  says('one')
  await vi.advanceTimersByTimeAsync(9999)
  expect(states()).toEqual(['one: sending'])
  await vi.advanceTimersByTimeAsync(1)
  expect(states()).toEqual(['one: late'])
  await last().accept()
  expect(states()).toEqual(['one: accepted'])
})

test('words that are late are still tried again, in their place', async () => {
  const { says, last, sent, states, outbox } = newOutbox()
  says('one')
  await vi.advanceTimersByTimeAsync(10_000)
  says('two')
  await last().fail(refusedWith('NOT_READY'))
  outbox.flush()
  expect(sent()).toEqual(['one', 'one'])
  await last().accept()
  expect(states()).toEqual(['one: accepted', 'two: sending'])
})

test('words that were answered in time are never late', async () => {
  const { says, last, states } = newOutbox()
  says('one')
  says('two')
  await last().accept()
  await last().fail(refusedWith('KEY_REUSED'))
  await vi.advanceTimersByTimeAsync(20_000)
  expect(states()).toEqual(['one: accepted', 'two: refused'])
})

test('[M4] words that came back in the thread are taken away, before or after their answer', async () => {
  const { says, last, states, outbox, sent } = newOutbox()
  const first = says('one')
  says('two')
  outbox.remove(first.key)
  await last().accept()
  expect(sent()).toEqual(['one', 'two'])
  expect(states()).toEqual(['two: sending'])
  await last().accept()
  outbox.remove(last().item.key)
  expect(states()).toEqual([])
})

test('first words that came back before their answer still lead the later ones', async () => {
  const { says, last, outbox } = newOutbox()
  const first = says('first', null)
  says('second', null)
  outbox.remove(first.key)
  const made = newId('cv')
  await last().accept(made)
  expect(last().item).toMatchObject({ text: 'second', conversationId: made })
})

test('taking away what is not there tells nobody', () => {
  const { says, outbox, seen } = newOutbox()
  says('one')
  const before = seen.length
  outbox.remove(newId('mk'))
  expect(seen).toHaveLength(before)
})

test('a list that was told is never changed afterwards', async () => {
  const { says, last, seen } = newOutbox()
  says('one')
  const [first] = seen
  const copy = structuredClone(first)
  await last().accept()
  expect(first).toEqual(copy)
})
