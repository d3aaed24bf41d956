import { ChatError } from '@nightdesk/shared/errors.ts'
import { expect, test } from 'vitest'
import { batched } from './batch.ts'

const soon = () => new Promise<void>(resolve => setImmediate(resolve))

test('what comes before the work begins is done together, in order; what comes later, with the next', async () => {
  const batches: number[][] = []
  const twice = batched(async (take: () => number[]) => {
    await soon()
    const tasks = [...take()]
    batches.push(tasks)
    await soon()
    return tasks.map(task => ({ value: task * 2 }))
  })
  const first = Promise.all([twice(1), twice(2)])
  await soon()
  await soon()
  expect(await Promise.all([first, twice(3)])).toEqual([[2, 4], 6])
  expect(batches).toEqual([[1, 2], [3]])
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

test('a database that is away is away for all at once, and nobody after them is told so for ever', async () => {
  let away = true
  let runs = 0
  const one = batched(async (take: () => number[]) => {
    runs++
    await soon()
    // Before anything was taken: there was no connection to take it to.
    if (away) throw new ChatError('STORE_UNAVAILABLE')
    return take().map(value => ({ value }))
  })
  const results = await Promise.allSettled([one(1), one(2)])
  expect(results.map(result => result.status)).toEqual(['rejected', 'rejected'])
  expect(runs).toBe(1)
  away = false
  expect(await one(3)).toBe(3)
})
