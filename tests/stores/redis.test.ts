import { startRedis } from '@nightdesk/demo/services/redis.ts'
import { redisLive } from '@nightdesk/server/live/redis.ts'
import { openRedis } from '@nightdesk/server/live/redis-connection.ts'
import { expect, onTestFinished, test } from 'vitest'

const eventually = (look: () => unknown) => expect.poll(look, { timeout: 8000, interval: 50 })

test('[F-7] a Redis that hangs makes no agent seem gone at once, and no node count as if it were alone', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.remove())
  const clock = { ahead: 0 }
  const newNode = () => {
    const [sender, receiver] = [
      openRedis(redis.url, () => {}),
      openRedis(redis.url, () => {}, { queue: true }),
    ]
    for (const client of [sender, receiver]) client.connect().catch(() => {})
    return redisLive(sender, receiver, () => Date.now() + clock.ahead)
  }
  const [one, two] = [newNode(), newNode()]
  onTestFinished(async () => {
    redis.signal('SIGCONT')
    await Promise.all([one.close(), two.close()])
  })
  one.join('A11')
  await eventually(() => two.onDuty()).toBe(1)
  await new Promise(resolve => setTimeout(resolve, 3100))
  redis.signal('SIGSTOP')
  // Longer than anybody is believed whom we could hear.
  for (const seconds of [7, 7, 7]) {
    clock.ahead += seconds * 1000
    await new Promise(resolve => setTimeout(resolve, 3100))
    expect([two.onDuty(), two.nodes()]).toEqual([1, 2])
  }
  clock.ahead += 60_000
  await eventually(() => two.onDuty()).toBe(0)
  expect(two.nodes()).toBe(2)
  redis.signal('SIGCONT')
  await eventually(() => two.onDuty()).toBe(1)
}, 40_000)
