import { expect, test } from 'vitest'
import { deniedIn } from './negations.ts'

test.each([
  ['human', 'I do not need an agent'],
  ['human', "no need for an agent, it's fine"],
  ['human', 'no agent please'],
  ['human', 'agent is not needed'],
  ['human', '不用转人工了'],
  ['human', 'no quiero hablar con una persona'],
  ['human', 'оператор не нужен'],
  ['human', 'não preciso de atendente'],
  ['human', 'không cần gặp nhân viên'],
  ['human', "pas besoin d'un conseiller"],
  ['complaint', 'no complaints'],
  ['complaint', 'this is not a complaint'],
  ['complaint', '没什么要投诉的'],
  ['complaint', '不是要投诉'],
  ['account_hacked', 'my account was not hacked'],
  ['account_hacked', "I wasn't hacked"],
  ['account_hacked', 'nobody has hacked me'],
])('%s is what is not meant: %s', (intent, clause) => {
  expect(deniedIn(clause)).toContain(intent)
})

test.each([
  ['human', "I don't want a bot I want a person"],
  ['human', '不用机器人人工'],
  ['human', 'no quiero hablar con un robot, quiero una persona'],
  ['human', 'no necesito hablar con un bot pásame un agente'],
  ['human', 'não quero robô, humano'],
  ['human', 'không cần bot, gặp nhân viên'],
  ['human', 'No agent answers'],
  ['complaint', '我不得不投诉你们'],
  ['complaint', 'why is there no complaint department'],
  ['complaint', 'no complaint form on your site'],
  ['complaint', '没有投诉渠道吗'],
  ['complaint', '是不是要投诉你们才处理'],
  ['account_hacked', '我的账号有没有被盗'],
  ['account_hacked', 'No agent answers! My account was hacked'],
])('a "not" beside it does not deny %s: %s', (intent, clause) => {
  expect(deniedIn(clause)).not.toContain(intent)
})
