import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { expect, test } from 'vitest'
import { inProcessLive } from './in-process.ts'
import type { News } from './live.ts'

const conversation: Conversation = {
  id: newId('cv'),
  siteId: 'st_demo',
  visitorId: newId('vi'),
  locale: 'en',
  startedAt: 0,
  lastSeq: 1,
  epoch: 0,
  readByVisitor: 0,
  readByDesk: 0,
  status: 'bot',
}
const news = (seq: number): News => ({ kind: 'read', conversation, by: 'desk', seq, unread: 0 })

test('[M3] all who listen hear all news in the order in which it was told', () => {
  const live = inProcessLive()
  const heard: string[] = []
  live.subscribe(one => heard.push(`first ${one.kind === 'read' && one.seq}`))
  live.subscribe(one => heard.push(`second ${one.kind === 'read' && one.seq}`))
  live.publish(news(1))
  live.publish(news(2))
  expect(heard).toEqual(['first 1', 'second 1', 'first 2', 'second 2'])
})

test('who ended the subscription hears nothing more, and only they', () => {
  const live = inProcessLive()
  const heard: string[] = []
  const end = live.subscribe(() => heard.push('gone'))
  live.subscribe(() => heard.push('here'))
  end()
  end()
  live.publish(news(1))
  expect(heard).toEqual(['here'])
})

test('who stops listening while news is told takes it from nobody else', () => {
  const live = inProcessLive()
  const heard: string[] = []
  const end = live.subscribe(() => {
    heard.push('once')
    end()
  })
  live.subscribe(() => heard.push('always'))
  live.publish(news(1))
  live.publish(news(2))
  expect(heard).toEqual(['once', 'always', 'always'])
})

test('[Q3] an agent with two tabs is one agent on duty, until the last tab is closed', () => {
  const live = inProcessLive()
  expect(live.onDuty()).toBe(0)
  const laptop = live.join('A11')
  const phone = live.join('A11')
  const kim = live.join('A12')
  expect(live.onDuty()).toBe(2)
  laptop()
  expect(live.onDuty()).toBe(2)
  phone()
  expect(live.onDuty()).toBe(1)
  kim()
  expect(live.onDuty()).toBe(0)
})

test('[Q3] a connection that ends twice is counted once', () => {
  const live = inProcessLive()
  const laptop = live.join('A11')
  live.join('A11')
  laptop()
  laptop()
  expect(live.onDuty()).toBe(1)
})

test('[Q3] who watches duty finds it changed when told', () => {
  const live = inProcessLive()
  const seen: number[] = []
  const end = live.watchDuty(() => seen.push(live.onDuty()))
  const sam = live.join('A11')
  const kim = live.join('A12')
  sam()
  kim()
  expect(seen).toEqual([1, 2, 1, 0])
  end()
  live.join('A11')
  expect(seen).toHaveLength(4)
})

test('news that goes to nobody is no error', () => {
  expect(() => inProcessLive().publish(news(1))).not.toThrow()
})
