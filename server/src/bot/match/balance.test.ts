import { expect, test } from 'vitest'
import { learnOwnWords } from './balance.ts'
import { openEncoder, readWeights } from './encoder.ts'
import { featuresOf } from './features.ts'
import type { Text } from './own-words.ts'

const encoder = openEncoder(readWeights())
const learned = (faq: readonly string[][]) => {
  const texts = faq.flatMap((own, entry) =>
    own.map((text): Text => {
      const features = featuresOf(text)
      return { entry, features, vector: encoder.encode(features).vector }
    }),
  )
  return learnOwnWords(texts, { entries: faq.length, dimensions: encoder.dimensions }).lessons.balance
}

const FRAMES = [
  'where is my',
  'return the',
  'is there a cheaper',
  'when do you get the',
  'broken',
  'how big is a',
  'do you still sell the old',
  'colours of the',
  'delivery for one',
  'guarantee on',
]
/** Things of a shop that nobody has ever heard of, which every customer asks the same about. */
const things = ['quazbo', 'flemmit', 'drintle', 'oskaret', 'vumpel', 'hybrone', 'zaltic', 'merrowin']

test('where the encoder knows none of the words that matter, the FAQ goes by its own words', () => {
  expect(learned(things.map(thing => FRAMES.map(frame => `${frame} ${thing}`)))).toEqual({
    words: 6,
    meaning: 3,
  })
})

test('where the same is asked in ever new words, it goes by meaning', () => {
  const asked = [
    [
      'my deposit is missing',
      '充值没到账',
      'я не получил депозит',
      'no llegó mi depósito',
      '입금이 안 됐어요',
    ],
    ['what are your fees', '手续费多少', 'какая комиссия', 'cuáles son las comisiones', '수수료가 얼마예요'],
    ['forgot my password', '忘记密码了', 'забыл пароль', 'olvidé la contraseña', '비밀번호를 잊었어요'],
  ]
  expect(learned(asked)).toEqual({ words: 4, meaning: 4 })
})

test('where most entries have a single text, one that has many does not decide for them', () => {
  const [rich, ...poor] = things
  const faq = [FRAMES.map(frame => `${frame} ${rich}`), ...poor.map(thing => [`where is my ${thing}`])]
  expect(learned(faq)).toEqual({ words: 4, meaning: 4 })
})
