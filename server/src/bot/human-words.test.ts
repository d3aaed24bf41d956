import { expect, test } from 'vitest'
import { asksForHuman } from './human-words.ts'

test.each([
  'human',
  'Human!',
  'HUMAN PLEASE',
  'agent',
  'hello, agent please',
  'please, talk to a human now',
  'I want to talk to a human.',
  'can I speak to someone?',
  'speak  to an   agent',
  '人工',
  '转人工！',
  '轉人工',
  '我要人工客服',
  '有人吗？',
  '客服',
  'Позовите оператора, пожалуйста',
  'Hola, quiero hablar con una persona por favor',
  '안녕하세요 상담원 연결해주세요',
  '担当者につないでください。',
  'Cho tôi gặp nhân viên ạ',
  'Merhaba, canlı destek lütfen',
  'olá, quero falar com um atendente',
  'لو سمحت خدمة العملاء',
  'halo kak, mau bicara sama orang dong',
  'Bonjour, je veux parler à quelqu’un',
])('a person is asked for: %s', words => {
  expect(asksForHuman(words)).toBe(true)
})

test.each([
  '',
  'please',
  'hello',
  '客服，你好',
  'no',
  'no human',
  'no, agent is not needed',
  'human error in my transfer',
  'your agent scammed me on telegram',
  'is this person from your support?',
  'someone called me and said he is an agent',
  'personal data',
  '人工智能币什么时候上线',
  '客服电话是真的吗',
  '充值要人工审核多久',
])('a person is only spoken of, and the question goes to the FAQ: %s', words => {
  expect(asksForHuman(words)).toBe(false)
})
