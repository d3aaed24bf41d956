import { expect, test } from 'vitest'
import { createHold } from './hold.ts'

function desk() {
  const seen: string[] = []
  const hold = createHold<string>(tell => seen.push(tell))
  const answers: (() => void)[] = []
  const ask = (name: string) =>
    hold.during(async () => {
      await new Promise<void>(resolve => answers.push(resolve))
      seen.push(name)
    })
  return { seen, hear: hold.hear, ask, answer: async (at: number) => answers[at]?.() }
}

test('what is told during a snapshot follows it, in order', async () => {
  const { seen, hear, ask, answer } = desk()
  hear('before')
  const asked = ask('snapshot')
  hear('6')
  hear('7')
  await answer(0)
  await asked
  expect(seen).toEqual(['before', 'snapshot', '6', '7'])
})

test('with two snapshots under way, what is told waits for the last', async () => {
  const { seen, hear, ask, answer } = desk()
  const both = [ask('inbox'), ask('thread')]
  hear('news')
  await answer(1)
  await both[1]
  expect(seen).toEqual(['thread'])
  await answer(0)
  await both[0]
  expect(seen).toEqual(['thread', 'inbox', 'news'])
})

test('a snapshot that fails loses nothing', async () => {
  const seen: string[] = []
  const { hear, during } = createHold<string>(tell => seen.push(tell))
  const failed = during(async () => {
    hear('news')
    throw new Error('no answer')
  })
  await expect(failed).rejects.toThrow('no answer')
  expect(seen).toEqual(['news'])
})
