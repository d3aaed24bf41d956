import { type LimitSettings, SHIPPED_LIMITS } from '@nightdesk/server/door/settings.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { AskError } from '@nightdesk/widget/chat/connection.ts'
import { createOutbox } from '@nightdesk/widget/chat/outbox.ts'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { newNightdesk, SITE } from '../support/desk.ts'
import { ask, knock, textFrame, tinyProxy } from '../support/dials.ts'

/** A Nightdesk whose clock can be moved on, so that nobody waits for a limit. */
async function newTimedDesk(
  change: Partial<LimitSettings> = {},
  more: Parameters<typeof newNightdesk>[0] = {},
) {
  let ahead = 0
  const now = () => Date.now() + ahead
  const nightdesk = await newNightdesk({ ...more, limits: { ...SHIPPED_LIMITS, ...change }, now })
  const pass = (ms: number) => {
    ahead += ms
  }
  return { ...nightdesk, pass }
}

const often = { burst: 1e9, perSecond: 1e9 }
const { sockets } = SHIPPED_LIMITS

function identity(customer: string): Promise<string> {
  return new SignJWT({ sub: customer, jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(SITE.id)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(SITE.identitySecret))
}

const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'ok',
    (error: { data?: { code: string }; code?: string }) => error.data?.code ?? error.code ?? 'no connection',
  )

test('[A5] [L1] [L2] words are counted over all tabs; the refusal says the wait, and after it they pass', async () => {
  const nightdesk = await newTimedDesk()
  const ada = await nightdesk.visitor()
  const conversationId = await ada.says('one')
  const tab = await nightdesk.visitor({ session: ada.session ?? '' })
  const words = () => ({ conversationId, key: newId('mk'), text: 'more' })
  for (let index = 0; index < 7; index++) await (index % 2 ? tab : ada).ask('message:send', words())
  const refused = await tab.refused('message:send', words())
  expect(refused).toMatchObject({ code: 'RATE_LIMITED', retry: 'later' })
  expect(refused.retryAfterMs).toBeGreaterThan(1000)
  expect(await ada.refused('message:send', words())).toMatchObject({ code: 'RATE_LIMITED' })
  // What the app asks by itself is counted apart.
  await tab.ask('session:start', {})
  nightdesk.pass(refused.retryAfterMs ?? 0)
  await tab.ask('message:send', words())
  expect((await ada.sees()).filter(text => text === 'more')).toHaveLength(8)
})

test('[L2] a new connection is no new measure: asks and hints are counted by person too', async () => {
  const few = { burst: 5, perSecond: 0.001 }
  const nightdesk = await newTimedDesk({ visitor: { message: often, ask: few, hint: few } })
  const ada = await nightdesk.visitor()
  for (let index = 0; index < 4; index++) await ada.ask('session:start', {})
  expect(await ada.refused('session:start', {})).toMatchObject({ code: 'RATE_LIMITED' })
  expect(await codeOf(nightdesk.visitor({ session: ada.session ?? '' }))).toBe('RATE_LIMITED')
})

test('[G5] [L1] what was too much at once waits in the outbox and is sent in order', async () => {
  const nightdesk = await newTimedDesk({
    visitor: { ...SHIPPED_LIMITS.visitor, message: { burst: 3, perSecond: 20 } },
  })
  const ada = await nightdesk.visitor()
  const conversationId = await ada.says('hello')
  let refusals = 0
  let waiting = 0
  const outbox = createOutbox(
    async ({ key, text }) => {
      const reply = await ada.socket.emitWithAck('message:send', { conversationId, key, text })
      if (!reply.ok) {
        refusals++
        throw new AskError(reply.error)
      }
      return conversationId
    },
    items => {
      waiting = items.filter(item => item.state.name !== 'accepted').length
    },
  )
  const words = Array.from({ length: 15 }, (_, index) => `word ${index}`)
  for (const text of words) outbox.send({ conversationId, text })
  await expect.poll(() => waiting).toBe(0)
  expect(refusals).toBeGreaterThan(5)
  expect((await ada.sees()).filter(text => text.startsWith('word'))).toEqual(words)
})

test('[L4] six connections of a visitor, also when they come at once; the seventh is refused, nobody is cut', async () => {
  const nightdesk = await newTimedDesk()
  const ada = await nightdesk.visitor()
  const auth = { session: ada.session ?? '' }
  const came = await Promise.allSettled(Array.from({ length: 11 }, () => nightdesk.visitor(auth)))
  const tabs = came.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
  expect(tabs).toHaveLength(5)
  const late = await nightdesk.visitor(auth).catch((error: { data: object }) => error.data)
  expect(late).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 10_000 })
  for (const one of [ada, ...tabs]) await one.ask('session:start', {})

  tabs[0]?.leave()
  await expect.poll(() => codeOf(nightdesk.visitor(auth))).toBe('ok')
})

test('[L3] [L5] of one address five new conversations an hour are free, then with proof, then no more', async () => {
  const nightdesk = await newTimedDesk({
    sockets: { ...sockets, perAddress: { free: 100, most: 200 } },
    conversation: { ...SHIPPED_LIMITS.conversation, most: { burst: 8, perSecond: 8 / 3600 } },
  })
  const guests = await Promise.all(Array.from({ length: 10 }, () => nightdesk.visitor({}, { proves: false })))
  for (const guest of guests.slice(0, 5)) await guest.says('hello')
  const [six, seven, eight, nine] = guests.slice(5)
  if (!six || !seven || !eight || !nine) throw new Error('guests are missing')
  const first = { key: newId('mk'), text: 'hello', locale: 'en' }
  const refused = await six.refused('conversation:start', first)
  expect(refused).toMatchObject({ code: 'PROOF_NEEDED', retry: 'proof' })
  expect(refused.challenge?.parameters.data).toEqual({ action: 'conversation:start', from: '127.0.0.0/24' })

  // With proof it goes on; the same words sent again are the same conversation and count once.
  for (const guest of [6, 7, 8]) {
    const ada = await nightdesk.visitor()
    expect(await codeOf(ada.says(`hello from ${guest}`))).toBe('ok')
  }
  const last = await nine.refused('conversation:start', first)
  expect(last).toMatchObject({ code: 'RATE_LIMITED' })
  expect(await codeOf((await nightdesk.visitor({}, { from: '127.0.7.7' })).says('hello'))).toBe('ok')
  // A customer is counted alone.
  const customer = await nightdesk.visitor({ identity: await identity('cus_ada') })
  expect(await codeOf(customer.says('hello'))).toBe('ok')
  nightdesk.pass(last.retryAfterMs ?? 0)
  expect(await codeOf((await nightdesk.visitor()).says('hello'))).toBe('ok')
})

test('[L3] the same first words sent again do not count again', async () => {
  const nightdesk = await newTimedDesk()
  const ada = await nightdesk.visitor({}, { proves: false })
  const words = { key: newId('mk'), text: 'hello', locale: 'en' }
  for (let index = 0; index < 7; index++) await ada.ask('conversation:start', words)
  const sam = await nightdesk.visitor({}, { proves: false })
  for (let index = 0; index < 4; index++) {
    await sam.ask('conversation:start', { ...words, key: newId('mk') })
  }
  expect(await sam.refused('conversation:start', { ...words, key: newId('mk') })).toMatchObject({
    code: 'PROOF_NEEDED',
  })
})

test('[L5] beyond what is free, guests of an address come in with proof, customers as they are', async () => {
  const nightdesk = await newTimedDesk({ sockets: { ...sockets, perAddress: { free: 3, most: 6 } } })
  for (let index = 0; index < 3; index++) await nightdesk.visitor({}, { proves: false })
  expect(await codeOf(nightdesk.visitor({}, { proves: false }))).toBe('PROOF_NEEDED')
  expect(await codeOf(nightdesk.visitor({ identity: await identity('cus_a') }, { proves: false }))).toBe('ok')
  expect(await codeOf(nightdesk.visitor({}, { from: '127.0.0.9', proves: false }))).toBe('ok')
  expect(await codeOf(nightdesk.visitor())).toBe('ok')
  expect(await codeOf(nightdesk.visitor())).toBe('ok')
  // Six stand; not even with proof, and not for customers, before the handshake.
  expect((await knock(nightdesk.origin)).status).toBe(429)
  expect((await knock(nightdesk.origin, { from: '127.0.0.9' })).status).toBe(101)
})

test('[L5] guests who come and go are asked for proof when they are many', async () => {
  const nightdesk = await newTimedDesk({ guest: { burst: 2, perSecond: 1 / 60 } })
  const come = async (auth = {}) => {
    const guest = await nightdesk.visitor(auth, { proves: false })
    guest.leave()
    return guest.session
  }
  const session = await come()
  await come()
  expect(await codeOf(come())).toBe('PROOF_NEEDED')
  expect(await codeOf(come({ session: 'made up' }))).toBe('PROOF_NEEDED')
  expect(await codeOf(come({ session }))).toBe('ok')
  nightdesk.pass(60_000)
  expect(await codeOf(come())).toBe('ok')
})

test('[L6] dials of one address are refused before the handshake, with the time to wait; others pass', async () => {
  const dial = { own: { burst: 5, perSecond: 0.1 }, spare: { burst: 3, perSecond: 0.001 } }
  const nightdesk = await newTimedDesk({ dial })
  const statuses: number[] = []
  for (let index = 0; index < 20; index++) statuses.push((await knock(nightdesk.origin)).status)
  expect(statuses.filter(status => status === 101)).toHaveLength(8)
  const { status, retryAfter } = await knock(nightdesk.origin)
  expect([status, retryAfter]).toEqual([429, 10])
  expect((await knock(nightdesk.origin, { from: '127.0.3.4' })).status).toBe(101)
  nightdesk.pass(retryAfter * 1000)
  expect((await knock(nightdesk.origin)).status).toBe(101)
})

/** Everything that people have tried to write into the header, and spellings of its name. */
const FORGERIES: Record<string, string>[] = [
  ...['1.2.3.4', '127.0.0.1', '::1', '10.0.0.1', '192.168.0.1', '0.0.0.0', 'localhost', 'unknown', '_hidden'],
  ...['1.2.3.4, 5.6.7.8', '5.6.7.8,1.2.3.4', ' , ,', ',', '1.2.3.4,', ',1.2.3.4', '1.2.3.4 5.6.7.8', '%00'],
  ...['::ffff:1.2.3.4', '2001:db8::1', '[2001:db8::1]', '[::1]:80', '1.2.3.4:80', '"1.2.3.4"', '0x7f000001'],
  ...['2130706433', '1.2.3', '999.1.1.1', '1.2.3.4; DROP', '*', 'x'.repeat(4000), '127.0.0.1,'.repeat(300)],
].map(value => ({ 'x-forwarded-for': value }))
for (const name of ['forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip', 'via']) {
  FORGERIES.push({ [name]: name === 'forwarded' ? 'for=1.2.3.4' : '1.2.3.4' })
}
for (const name of ['X-FORWARDED-FOR', 'x-Forwarded-For', 'x_forwarded_for'])
  FORGERIES.push({ [name]: '1.2.3.4' })

test('[L6] whatever is forged in headers, direct or through a proxy, the true peer is counted', async () => {
  expect(FORGERIES.length).toBeGreaterThanOrEqual(40)
  const wide = {
    guest: often,
    dial: { own: often, spare: often },
    signIn: { ...SHIPPED_LIMITS.signIn, pair: often },
  }
  for (const trustProxy of [0, 1, ['127.0.0.1']]) {
    const counted: string[] = []
    const nightdesk = await newTimedDesk(wide, { trustProxy, onCount: key => counted.push(key) })
    const { port } = new URL(nightdesk.origin)
    const way = trustProxy === 0 ? port : await tinyProxy(Number(port))
    for (const [index, headers] of FORGERIES.entries()) {
      const from = `127.0.9.${index + 1}`
      await ask(`http://localhost:${way}/api/desk/session`, {
        from,
        headers: { ...headers, origin: nightdesk.origin, connection: 'close' },
        method: 'POST',
        body: { link: 'x' },
      })
      expect(counted.splice(0), JSON.stringify(headers)).toEqual([`sign-in:${from}`])
      const guest = await nightdesk.visitor({}, { from, headers, url: `http://localhost:${way}/visitor` })
      guest.leave()
      expect(counted.splice(0), JSON.stringify(headers)).toEqual([`guest:${from}`])
    }
  }
}, 60_000)

test('[L5] honest people behind one address get in and are heard', async () => {
  const nightdesk = await newNightdesk()
  const people = [
    ...Array.from({ length: 60 }, (_, index) => async () => ({ identity: await identity(`cus_${index}`) })),
    ...Array.from({ length: 25 }, () => async () => ({})),
  ]
  const came = await Promise.all(
    people.map(async (auth, index) => {
      // As people come: not all in the same second.
      await new Promise(resolve => setTimeout(resolve, (index % 20) * 200))
      return codeOf(nightdesk.visitor(await auth()).then(person => person.says('hello')))
    }),
  )
  expect(came.filter(code => code !== 'ok')).toEqual([])
}, 90_000)

test('[L7] who does not say who they are within five seconds is closed', async () => {
  const { origin } = await newNightdesk()
  const { line } = await knock(origin)
  const started = Date.now()
  await new Promise(resolve => line.once('close', resolve))
  expect(Date.now() - started).toBeLessThan(6500)
})

test('[L7] who tries to be let in again and again, or never stops talking, is closed', async () => {
  const { origin } = await newNightdesk()
  const guesser = await knock(origin)
  const gone = new Promise(resolve => guesser.line.once('close', resolve))
  const guess = textFrame(`40/visitor,${JSON.stringify({ protocol: 1, site: SITE.id, identity: 'guess' })}`)
  for (let index = 0; index < 5; index++) {
    guesser.line.write(guess)
    await new Promise(resolve => setTimeout(resolve, 30))
  }
  await gone

  const { line } = await knock(origin)
  line.write(textFrame(`40/visitor,${JSON.stringify({ protocol: 1, site: SITE.id })}`))
  line.resume()
  const cut = new Promise(resolve => line.once('close', resolve))
  const chatter = textFrame('42/visitor,["typing:start",{}]')
  for (let index = 0; index < 700; index++) line.write(chatter)
  await cut
})
