import { ChatError } from '@nightdesk/shared/errors.ts'
import { expect, test } from 'vitest'
import { batched } from './batch.ts'

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
