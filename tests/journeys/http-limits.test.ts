import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type LimitSettings, SHIPPED_LIMITS } from '@nightdesk/server/door/settings.ts'
import { expect, onTestFinished, test } from 'vitest'
import { newNightdesk } from '../support/desk.ts'
import { ask, knock } from '../support/dials.ts'

const withHttp = (http: Partial<LimitSettings['http']>) =>
  newNightdesk({ limits: { ...SHIPPED_LIMITS, http: { ...SHIPPED_LIMITS.http, ...http } } })

/** A line that says `text` and then a byte now and then, and how long the server listened, in milliseconds. */
async function slowTalker(origin: string, text: string, from = '127.0.0.1'): Promise<number> {
  const line: Socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', localAddress: from })
  line.on('error', () => undefined)
  line.resume()
  const started = Date.now()
  line.write(text)
  const dribble = setInterval(() => line.write('a'), 50)
  onTestFinished(() => {
    clearInterval(dribble)
    line.destroy()
  })
  await new Promise(resolve => line.once('close', resolve))
  clearInterval(dribble)
  return Date.now() - started
}

test('[L8] who talks slowly is cut off in time, and others are served meanwhile', async () => {
  const { origin } = await withHttp({ headersMs: 600, requestMs: 1200, linesPerAddress: 150 })
  const head = `POST /api/desk/session HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\n`
  const inHeaders = Array.from({ length: 60 }, () => slowTalker(origin, `${head}X-A: `))
  const inBody = Array.from({ length: 60 }, () =>
    slowTalker(origin, `${head}Content-Type: application/json\r\nContent-Length: 30000\r\n\r\n{`),
  )
  for (let index = 0; index < 10; index++) {
    const started = Date.now()
    expect((await ask(`${origin}/healthz`, { from: '127.0.0.2' })).status).toBe(200)
    expect(Date.now() - started).toBeLessThan(500)
  }
  expect(Math.max(...(await Promise.all(inHeaders)))).toBeLessThan(2500)
  expect(Math.max(...(await Promise.all(inBody)))).toBeLessThan(3500)
})

test('[L8] a line on which nothing is said is closed', async () => {
  const { origin } = await withHttp({ idleMs: 500 })
  const line = connect({ port: Number(new URL(origin).port), host: '127.0.0.1' })
  line.resume()
  await once(line, 'close')
})

test('[L8] the lines of one address are counted before a byte is read; others find room', async () => {
  const { origin } = await withHttp({ linesPerAddress: 10 })
  const lines = Array.from({ length: 30 }, () => {
    const line = connect({ port: Number(new URL(origin).port), host: '127.0.0.1' })
    line.on('error', () => undefined).resume()
    onTestFinished(() => void line.destroy())
    return line
  })
  const closed = lines.map(line => once(line, 'close'))
  await Promise.any(closed)
  await expect.poll(() => lines.filter(line => line.destroyed || line.readableEnded).length).toBe(20)
  expect((await ask(`${origin}/healthz`, { from: '127.0.0.2' })).status).toBe(200)
  for (const line of lines) line.destroy()
  await expect
    .poll(() =>
      ask(`${origin}/healthz`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200)
})

test('[L8] [L1] requests of an address have a rate; the refusal says the wait; health is always answered', async () => {
  const { origin } = await withHttp({ request: { burst: 5, perSecond: 1 } })
  const get = (path: string, from = '127.0.0.1') => ask(origin + path, { from })
  for (let index = 0; index < 5; index++) expect((await get('/desk')).status).toBe(200)
  const refused = await get('/desk')
  expect(refused.status).toBe(429)
  expect(refused.retryAfter).toBe(1)
  expect(JSON.parse(refused.body).error).toMatchObject({ code: 'RATE_LIMITED', retry: 'later' })
  expect((await get('/healthz')).status).toBe(200)
  expect((await get('/desk', '127.0.0.2')).status).toBe(200)
  await new Promise(resolve => setTimeout(resolve, 1050))
  expect((await get('/desk')).status).toBe(200)
})

test('[L8] headers of more than 16 KiB are refused', async () => {
  const { origin } = await newNightdesk()
  expect((await ask(`${origin}/desk`, { headers: { 'x-a': 'a'.repeat(15 * 1024) } })).status).toBe(200)
  expect((await ask(`${origin}/desk`, { headers: { 'x-a': 'a'.repeat(17 * 1024) } })).status).toBe(431)
})

test('[L8] a wish for another protocol on another path is closed at once', async () => {
  const { origin } = await newNightdesk()
  const line = connect({ port: Number(new URL(origin).port), host: '127.0.0.1' })
  line.resume()
  line.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  const started = Date.now()
  await once(line, 'close')
  expect(Date.now() - started).toBeLessThan(500)
  expect((await knock(origin)).status).toBe(101)
})
