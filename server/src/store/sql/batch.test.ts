import { ChatError } from '@nightdesk/shared/errors.ts'
import { expect, test } from 'vitest'
import { batched } from './batch.ts'

const soon = () => new Promise<void>(resolve => setImmediate(resolve))

/** Answers each task with its own words, unless the database is away before it has taken any. */
function newDesk() {
  const desk = { away: false, taken: [] as string[][] }
  const say = batched<string, string>(async take => {
    await Promise.resolve()
    if (desk.away) throw new ChatError('STORE_UNAVAILABLE')
    const tasks = [...take()]
    desk.taken.push(tasks)
    return tasks.map(value => ({ value }))
  })
  return { desk, say }
}

test('[M1] what comes before the work begins shares it, in order', async () => {
  const { desk, say } = newDesk()
  expect(await Promise.all(['one', 'two', 'three'].map(say))).toEqual(['one', 'two', 'three'])
  expect(await say('four')).toBe('four')
  expect(desk.taken).toEqual([['one', 'two', 'three'], ['four']])
})

test('[G4] a database that could not even be asked refuses those who waited, and nobody who comes after', async () => {
  const { desk, say } = newDesk()
  desk.away = true
  const refused = await Promise.allSettled(['one', 'two'].map(say))
  expect(refused.map(one => one.status)).toEqual(['rejected', 'rejected'])
  desk.away = false
  expect(await say('three')).toBe('three')
  expect(desk.taken).toEqual([['three']])
})

test('[M1] work that is done again takes the same tasks, and leaves those who wait for the next alone', async () => {
  const taken: string[][] = []
  let tries = 0
  const say = batched<string, string>(async take => {
    await Promise.resolve()
    for (;;) {
      const tasks = take()
      taken.push([...tasks])
      await new Promise(resolve => setImmediate(resolve))
      if (tries++ > 0) return tasks.map(value => ({ value }))
    }
  })
  const first = say('one')
  await Promise.resolve()
  await Promise.resolve()
  const others = [say('two'), say('three')]
  expect(await Promise.all([first, ...others])).toEqual(['one', 'two', 'three'])
  expect(taken).toContainEqual(['two', 'three'])
})

test('each hears of its own fault only', async () => {
  const odd = new Error('odd')
  const even = batched(async (take: () => number[]) => {
    await soon()
    return take().map(task => (task % 2 === 0 ? { value: task } : { error: odd }))
  })
  const results = await Promise.allSettled([even(2), even(3), even(4)])
  expect(results.map(result => (result.status === 'fulfilled' ? result.value : result.reason))).toEqual([
    2,
    odd,
    4,
  ])
})

test('what breaks the work of many is done again one by one', async () => {
  const runs: number[][] = []
  const careful = batched(async (take: () => number[]) => {
    await soon()
    const tasks = [...take()]
    runs.push(tasks)
    if (tasks.includes(13)) throw new Error('unlucky')
    return tasks.map(value => ({ value }))
  })
  const results = await Promise.allSettled([careful(1), careful(13), careful(2)])
  expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(runs).toEqual([[1, 13, 2], [1], [13], [2]])
})
