import { expect, test } from 'vitest'
import { newNightdesk } from '../support/desk.ts'
import { ask } from '../support/dials.ts'

test('[L9] guesses at one account from many addresses do not lock its agent out', async () => {
  const nightdesk = await newNightdesk()
  const email = 'sam@northgate.example'
  const agent = await nightdesk.parts.store.addAgent({ name: 'Sam', email, at: 1 })
  const password = 'correct horse battery'
  await nightdesk.signIn.choosePassword({ agent, expiresAt: 0, id: '' }, password)
  const signIn = (from: string, body: object, cookie = '') =>
    ask(`${nightdesk.origin}/api/desk/session`, { from, method: 'POST', body, headers: { cookie } })

  const first = await signIn('127.0.0.1', { email, password })
  expect(first.status).toBe(204)
  const device = first.cookies.find(one => one.includes('device'))?.split(';')[0] ?? ''

  const tried: number[] = []
  for (let index = 0; index < 300; index++) {
    const answer = await signIn(`127.0.${index % 100}.9`, { email, password: `guess ${index}` })
    tried.push(answer.status)
  }
  expect(tried.filter(status => status === 401).length).toBeLessThanOrEqual(10)
  expect(new Set(tried)).toEqual(new Set([401, 429]))
  const locked = await signIn('127.0.0.1', { email, password })
  expect(locked.status).toBe(429)
  expect(locked.retryAfter).toBeGreaterThan(0)
  expect((await signIn('127.0.0.1', { email, password }, device)).status).toBe(204)
  // The mark is of this agent only, and nobody can make one.
  expect((await signIn('127.0.0.1', { email, password }, device.replace(/.{8}$/, 'AAAAAAAA'))).status).toBe(
    429,
  )
  const other = 'mara@northgate.example'
  for (let index = 0; index < 5; index++) {
    await signIn('127.0.5.5', { email: other, password: 'x' }, device)
  }
  expect((await signIn('127.0.5.5', { email: other, password: 'x' }, device)).status).toBe(429)
}, 60_000)
