import { type Postgres, startPostgres } from '@nightdesk/demo/services/postgres.ts'
import { type Redis, startRedis } from '@nightdesk/demo/services/redis.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newNightdesk, SITE, signedFor } from '../support/desk.ts'
import { tempDir } from '../support/temp-dir.ts'

let postgres: Postgres
let redis: Redis
beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
})
afterAll(async () => {
  await postgres.remove()
  await redis.remove()
})

type Plane = { databaseUrl: string; redisUrl?: string }
const PLANES: [name: string, plane: () => Promise<Plane>][] = [
  ['one SQLite file', async () => ({ databaseUrl: `sqlite:${tempDir()}/nightdesk.db` })],
  ['PostgreSQL alone', async () => ({ databaseUrl: await postgres.newDatabase() })],
  ['PostgreSQL and Redis', async () => ({ databaseUrl: await postgres.newDatabase(), redisUrl: redis.url })],
]

async function twoNodes(plane: Plane) {
  const secretKey = newToken()
  const one = await newNightdesk({ ...plane, secretKey })
  const two = await newNightdesk({ ...plane, secretKey })
  return { one, two }
}

const eventually = (look: () => unknown) => expect.poll(look, { timeout: 8000, interval: 50 })

describe.each(PLANES)('two nodes over %s', (_name, newPlane) => {
  test('[M3] [C3] a visitor at one node and an agent at the other hold a conversation', async () => {
    const { one, two } = await twoNodes(await newPlane())
    const ada = await one.visitor()
    const phone = await two.visitor({ session: ada.session ?? '' })
    const sam = await two.agent('Sam')
    const id = await ada.says('where is my deposit')
    await phone.hears(tell => tell.event === 'conversation:started' && tell.news.id === id)
    await ada.asksForHuman()
    await sam.hears(tell => tell.event === 'inbox:updated' && tell.news.id === id)
    await sam.takes(id)
    await ada.hears(
      tell => tell.event === 'message:added' && tell.news.body.kind === 'status' && tell.news.seq === 4,
    )
    await sam.replies(id, 'Hello Ada')
    await ada.says('Hello Sam')
    const seqs = (told: typeof ada.told) =>
      told.flatMap(tell => (tell.event === 'message:added' ? [tell.news.seq] : []))
    // Each observer is told every message once, in order, wherever it was written.
    await eventually(() => seqs(ada.told)).toEqual([2, 3, 4, 5, 6])
    await eventually(() => seqs(phone.told)).toEqual([2, 3, 4, 5, 6])
    expect(await ada.sees()).toEqual(await sam.sees(id))
  })

  test('[Q1] who waits at one node learns of their place when somebody at the other is taken', async () => {
    const { one, two } = await twoNodes(await newPlane())
    const [ada, bo, sam] = [await one.visitor(), await two.visitor(), await one.agent('Sam')]
    for (const visitor of [ada, bo]) {
      await visitor.says('hello')
      await visitor.asksForHuman()
    }
    await bo.hears(tell => tell.event === 'queue:moved' && tell.news.place.position === 2)
    await sam.takes(ada.conversation())
    await bo.hears(tell => tell.event === 'queue:moved' && tell.news.place.position === 1)
  })

  test('[S-1] who signs out, chooses a new password or is disabled at one node is cut at the other within a second', async () => {
    const { one, two } = await twoNodes(await newPlane())
    const sam = await two.agent('Sam')
    const who = await one.parts.store.agentByEmail('sam@northgate.example')
    if (!who) throw new Error('Sam is unknown')
    const gone = new Promise<number>(resolve => {
      sam.socket.on('disconnect', () => resolve(performance.now()))
    })
    const since = performance.now()
    await one.parts.store.setActive(who.id, false)
    expect((await gone) - since).toBeLessThan(1000)
  })

  test('[S-1] a customer whom the exchange logs out is cut at every node, and the old identity is worth nothing', async () => {
    const { one, two } = await twoNodes(await newPlane())
    const identity = await signedFor('cust_1', SITE.id)
    const [ada, eve] = [await two.visitor({ identity }), await two.visitor()]
    const gone = new Promise<number>(resolve => {
      ada.socket.on('disconnect', () => resolve(performance.now()))
    })
    await new Promise(resolve => setTimeout(resolve, 1100))
    const since = performance.now()
    const token = await signedFor('cust_1', `log-out:${SITE.id}`)
    const answer = await fetch(`${one.origin}/api/visitors/log-out`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ site: SITE.id, token }),
    })
    expect(answer.status).toBe(204)
    expect((await gone) - since).toBeLessThan(1000)
    await expect(two.visitor({ identity })).rejects.toMatchObject({ data: { code: 'IDENTITY_INVALID' } })
    // A token for the log-out opens no door, and nobody else has gone.
    await expect(two.visitor({ identity: token })).rejects.toMatchObject({
      data: { code: 'IDENTITY_INVALID' },
    })
    expect(eve.socket.connected).toBe(true)
  })

  test('[H5] a guest who logs in at one node is gone as a guest from the other', async () => {
    const { one, two } = await twoNodes(await newPlane())
    const guest = await two.visitor()
    const gone = new Promise(resolve => guest.socket.on('disconnect', resolve))
    await guest.says('hello')
    const identity = await signedFor('cust_1', SITE.id)
    const ada = await one.visitor({ session: guest.session ?? '', identity })
    expect(await ada.sees()).toContain('hello')
    await gone
  })
})

test('[Q1] who called a person at one node and writes on at the other before it knows is in the inboxes of both', async () => {
  const { one, two } = await twoNodes({ databaseUrl: `sqlite:${tempDir()}/nightdesk.db` })
  const ada = await one.visitor()
  await ada.says('hello')
  await eventually(() => ada.sees()).toHaveLength(2)
  const sam = await two.agent('Sam')
  const phone = await two.visitor({ session: ada.session ?? '' })
  // The other node does not hear of it yet.
  const { headsSince } = two.parts.store
  two.parts.store.headsSince = () => Promise.reject(new ChatError('STORE_UNAVAILABLE'))
  await ada.asksForHuman()
  await phone.says('it is urgent')
  await sam.hears(tell => tell.event === 'message:added' && tell.news.seq === 4)
  expect(sam.told.some(tell => tell.event === 'inbox:updated')).toBe(false)
  two.parts.store.headsSince = headsSince
  await sam.hears(tell => tell.event === 'inbox:updated' && tell.news.id === ada.conversation())
  // Once: what comes again by looking on is no news.
  await new Promise(resolve => setTimeout(resolve, 500))
  expect(sam.told.filter(tell => tell.event === 'inbox:updated')).toHaveLength(1)
  expect(sam.told.filter(tell => tell.event === 'message:added')).toHaveLength(1)
})

test('[Q3] an agent at one node is on duty for the visitors of the other, and no longer when they leave', async () => {
  const { one, two } = await twoNodes({ databaseUrl: await postgres.newDatabase(), redisUrl: redis.url })
  const ada = await one.visitor()
  const sam = await two.agent('Sam')
  await ada.hears(tell => tell.event === 'duty:changed' && tell.news.onDuty)
  expect((await one.visitor()).told).toEqual([])
  sam.leave()
  await ada.hears(tell => tell.event === 'duty:changed' && !tell.news.onDuty)
})

test('[F-5] with Redis gone, news from the other node still comes within ten seconds; back, it comes at once', async () => {
  const own = await startRedis()
  const { one, two } = await twoNodes({ databaseUrl: await postgres.newDatabase(), redisUrl: own.url })
  const ada = await one.visitor()
  const phone = await two.visitor({ session: ada.session ?? '' })
  const heard = (text: string) =>
    eventually(() =>
      phone.told.some(
        tell =>
          tell.event === 'message:added' && tell.news.body.kind === 'text' && tell.news.body.text === text,
      ),
    ).toBe(true)
  await ada.says('hello')
  await own.end('SIGKILL')
  await ada.says('is anybody there')
  await heard('is anybody there')
  await own.start()
  await ada.says('and now')
  await heard('and now')
  await own.remove()
})
