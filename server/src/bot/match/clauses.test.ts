import { expect, test } from 'vitest'
import { clausesOf, isCourtesy, READ, withoutCourtesy } from './clauses.ts'

test.each([
  ['Hello! What is my withdrawal limit? Thank you very much!', 'What is my withdrawal limit?'],
  ['您好，打扰了，我的币被盗了，谢谢', '我的币被盗了，'],
  ['Здравствуйте! Какая комиссия за вывод? Заранее спасибо.', 'Какая комиссия за вывод?'],
  ['Merhaba, iyi günler. Şifremi unuttum', 'Şifremi unuttum'],
  ['お世話になっております。出金できません。よろしくお願いいたします。', '出金できません。'],
  ['السلام عليكم، نسيت كلمة السر، شكرا', 'نسيت كلمة السر،'],
  ['where is my money', 'where is my money'],
  ['Hello, thank you!', ''],
])('what only greets and thanks is left out: %s', (text, rest) => {
  expect(withoutCourtesy(text)).toBe(rest)
})

test.each([
  'hi',
  'Hello hello!!',
  'ok thanks',
  '您好谢谢',
  'Спасибо большое',
  'xin chào',
  'merci beaucoup :)',
])('nothing but courtesy: %s', text => {
  expect(isCourtesy(text.replace(/[!:)]/g, ''))).toBe(true)
})

test.each(['no', 'thanks for nothing', 'high', 'hihi', '', 'please help', '你好像错了'])(
  'courtesy is not all of it: %s',
  text => {
    expect(isCourtesy(text)).toBe(false)
  },
)

test('clauses are read one by one, and only as far as a message is read', () => {
  expect(clausesOf('What are the fees? Also, someone took my coins.')).toEqual([
    'What are the fees',
    'Also',
    'someone took my coins',
  ])
  expect(clausesOf('a, '.repeat(1000)).length).toBeLessThanOrEqual(READ / 3)
  expect(withoutCourtesy('x'.repeat(4000))).toHaveLength(READ)
})
