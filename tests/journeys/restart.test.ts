import { newId } from '@nightdesk/shared/ids.ts'
import { expect, test } from 'vitest'
import { SITE } from '../support/desk.ts'
import { visitorClient } from '../support/people.ts'
import { newServerProcess } from '../support/process.ts'

test('[M1] [M2] kill -9 while visitors write: every accepted message is there once, in order, after restart', async () => {
  // Without limits: what is sent again after each kill would be too much at once.
  const server = await newServerProcess(4391, SITE, 'tests/faults/server.ts')
  const accepted = new Map<string, { seq: number; text: string }>()
  let ada = await visitorClient(server.origin, SITE.id)
  const session = ada.session ?? ''
  const id = await ada.says('first')

  for (let kill = 0; kill < 5; kill++) {
    const burst = Array.from({ length: 12 }, (_, index) => ({ key: newId('mk'), text: `${kill}.${index}` }))
    const sends = burst.map(words =>
      ada.ask('message:send', { conversationId: id, ...words }).then(
        ({ seq }) => void accepted.set(words.key, { seq, text: words.text }),
        () => undefined,
      ),
    )
    await sends[Math.floor(Math.random() * 6)]
    await server.end('SIGKILL')
    ada.leave()
    await server.start()
    ada = await visitorClient(server.origin, SITE.id, { session })
    // What got no answer is sent again under its key, as the outbox does.
    for (const { key, text } of burst) {
      if (accepted.has(key)) continue
      const { seq } = await ada.ask('message:send', { conversationId: id, key, text })
      accepted.set(key, { seq, text })
    }
  }
  const page = await ada.ask('conversation:open', { conversationId: id, limit: 200 })
  const stored = page.messages.filter(
    message => message.author.role === 'visitor' && message.key && accepted.has(message.key),
  )
  expect(stored).toHaveLength(60)
  for (const message of stored) {
    expect({ seq: message.seq, text: message.body.kind === 'text' && message.body.text }).toEqual(
      accepted.get(message.key ?? ''),
    )
  }
  expect(page.messages.map(message => message.seq)).toEqual(page.messages.map((_, index) => index + 1))
}, 120_000)

test("[S4] a bot's turn that a crash cut off is given after the restart, once", async () => {
  const server = await newServerProcess(4392, SITE)
  const ada = await visitorClient(server.origin, SITE.id)
  const id = await ada.says('where is my deposit')
  await server.end('SIGKILL')
  await server.start()
  const again = await visitorClient(server.origin, SITE.id, { session: ada.session ?? '' })
  expect(await again.sees()).toEqual(['where is my deposit', '[answer]'])
  await server.end('SIGKILL')
  await server.start()
  const later = await visitorClient(server.origin, SITE.id, { session: ada.session ?? '' })
  expect(later.conversation()).toBe(id)
  expect(await later.sees()).toEqual(['where is my deposit', '[answer]'])
})

test('SIGTERM closes cleanly with live sockets, and says so with exit code 0', async () => {
  const server = await newServerProcess(4393, SITE)
  await visitorClient(server.origin, SITE.id)
  expect(await server.end('SIGTERM')).toBe(0)
})
