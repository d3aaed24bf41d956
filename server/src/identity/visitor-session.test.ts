import { newId } from '@nightdesk/shared/ids.ts'
import { CompactSign, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Site } from '../config.ts'
import { localLimits } from '../door/limits.ts'
import { inProcessLive } from '../live/in-process.ts'
import type { News } from '../live/live.ts'
import type { Parts } from '../parts.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Visitor } from '../store/store.ts'
import { newToken } from './secrets.ts'
import { openVisitorSession } from './visitor-session.ts'

const NOW = 1_800_000_000
const site = (id: string): Site => ({
  id,
  name: id,
  origins: ['https://northgate.example'],
  identitySecret: newToken(),
  faqDir: '/',
})
const SITE = site('st_demo')
const OTHER = site('st_other')

/** A door with a store of its own, and what was told through it. */
function newDoor() {
  const store = openSqliteStore(':memory:')
  onTestFinished(() => store.close())
  const live = inProcessLive()
  const told: News[] = []
  live.subscribe(news => told.push(news as News))
  const parts: Parts & { secretKey: string } = {
    store,
    live,
    limits: localLimits({ now: () => NOW * 1000 }),
    bot: () => {
      throw new Error('nobody asks the bot at the door')
    },
    onError: error => {
      throw error
    },
    now: () => NOW * 1000,
    secretKey: newToken(),
  }
  const enter = (shown: { session?: string; identity?: string } = {}, at = SITE) =>
    openVisitorSession(parts, at, { locale: 'en', ...shown })
  const starts = async (visitor: Visitor, words: string) => {
    const draft = {
      author: { role: 'visitor' },
      body: { kind: 'text', text: words },
      key: newId('mk'),
    } as const
    const started = await store.start({
      siteId: visitor.siteId,
      visitorId: visitor.id,
      locale: 'en',
      draft,
      at: NOW,
    })
    return started.conversation.id
  }
  const idsOf = async (visitor: Visitor) =>
    (await store.conversationsOf(visitor.id, 10)).map(row => row.conversation.id).toSorted()
  return { parts, store, told, enter, starts, idsOf }
}

const GOOD = { sub: 'customer-7', aud: SITE.id, iat: NOW, exp: NOW + 300, jti: 'once-1' }
const bytes = (secret: string) => new TextEncoder().encode(secret)
const signed = (claims: JWTPayload = GOOD, secret = SITE.identitySecret, alg = 'HS256') =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(bytes(secret))
/** Signs anything at all, also what is no set of claims. */
const signedText = (text: string, header: object = {}) =>
  new CompactSign(bytes(text))
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(bytes(SITE.identitySecret), { crit: { 'x-new': true } })
const signedAs = (claims: object) => signedText(JSON.stringify(claims))
const without = (claim: keyof typeof GOOD) => {
  const { [claim]: _, ...rest } = GOOD
  return rest
}

describe('an anonymous visitor', () => {
  test('[H3] gets a session token once and is the same visitor whenever it is shown', async () => {
    const { enter } = newDoor()
    const first = await enter()
    expect(first.self).toEqual({ ref: first.visitor.id, verified: false })
    expect(first.newToken).toMatch(/^[\w-]{43}$/)
    const again = await enter({ session: first.newToken ?? '' })
    expect(again).toEqual({ visitor: first.visitor, self: first.self })
  })

  test('[H3] is somebody new in every browser', async () => {
    const { enter } = newDoor()
    const [one, two] = [await enter(), await enter()]
    expect(one.visitor.id).not.toBe(two.visitor.id)
    expect(one.newToken).not.toBe(two.newToken)
  })

  test('[H3] with a token that is unknown, or of another site, is somebody new with a new token', async () => {
    const { enter } = newDoor()
    const ada = await enter()
    const token = ada.newToken ?? ''
    for (const [session, at] of [
      [newToken(), SITE],
      ['', SITE],
      [token, OTHER],
      [ada.visitor.id, SITE],
    ] as const) {
      const entered = await enter({ session }, at)
      expect(entered.visitor.id).not.toBe(ada.visitor.id)
      expect(entered.newToken).toBeDefined()
      expect(entered.newToken).not.toBe(session)
      expect(entered.visitor.siteId).toBe(at.id)
    }
  })

  test('[H3] has a token that the database does not hold', async () => {
    const { enter, store } = newDoor()
    const { newToken: token } = await enter()
    expect(await store.visitorBySession(SITE.id, token ?? '')).toBeUndefined()
  })
})

describe('a verified visitor', () => {
  test('[H4] is who the exchange says, with name and phrase where it says them', async () => {
    const { enter } = newDoor()
    const plain = await enter({ identity: await signed() })
    expect(plain.self).toEqual({ ref: plain.visitor.id, verified: true })
    expect(plain.visitor).toMatchObject({ externalId: 'customer-7', siteId: SITE.id, name: null })
    expect(plain.newToken).toBeUndefined()
    const full = await enter({ identity: await signed({ ...GOOD, name: 'Eve', phrase: 'blue heron' }) })
    expect(full.self).toEqual({ ref: plain.visitor.id, verified: true, name: 'Eve', phrase: 'blue heron' })
    expect(full.visitor).toMatchObject({ id: plain.visitor.id, name: 'Eve' })
  })

  test('[H4] has a phrase that is never stored', async () => {
    const { enter, store } = newDoor()
    const { visitor } = await enter({ identity: await signed({ ...GOOD, phrase: 'blue heron' }) })
    expect(JSON.stringify(await store.visitor(visitor.id))).not.toContain('blue heron')
    expect((await enter({ identity: await signed() })).self).not.toHaveProperty('phrase')
  })

  test('[H4] is shown by a name that can be stored, whatever the exchange took for one', async () => {
    const { enter } = newDoor()
    const { self, visitor } = await enter({ identity: await signed({ ...GOOD, name: 'E\0v\ud800e' }) })
    expect([self.name, visitor.name]).toEqual(['Ev\ufffde', 'Ev\ufffde'])
  })

  test('[H4] is another one with another sub, whatever name or e-mail they share', async () => {
    const { enter } = newDoor()
    const shared = { name: 'Eve', email: 'eve@mail.example' }
    const one = await enter({ identity: await signed({ ...GOOD, ...shared }) })
    const two = await enter({ identity: await signed({ ...GOOD, ...shared, sub: 'customer-8' }) })
    expect(one.visitor.id).not.toBe(two.visitor.id)
  })

  test('[H4] may have an identity of exactly fifteen minutes, up to its last second', async () => {
    const { enter } = newDoor()
    for (const claims of [
      { ...GOOD, exp: NOW + 900 },
      { ...GOOD, iat: NOW - 899, exp: NOW + 1 },
    ]) {
      expect((await enter({ identity: await signed(claims) })).self.verified).toBe(true)
    }
  })
})

describe('[H4] an identity that does not hold is refused:', () => {
  const attacks: [what: string, token: () => string | Promise<string>][] = [
    ['nothing', () => ''],
    ['no token', () => 'customer-7'],
    ['three dots', () => '...'],
    ['the algorithm "none"', () => new UnsecuredJWT(GOOD).encode()],
    [
      'the algorithm "none" with a signature',
      async () => {
        const [, payload, signature] = (await signed()).split('.')
        return [Buffer.from('{"alg":"none"}').toString('base64url'), payload, signature].join('.')
      },
    ],
    ['the signature cut off', async () => (await signed()).replace(/[^.]+$/, '')],
    [
      'other claims under a good signature',
      async () => {
        const [header, , signature] = (await signed()).split('.')
        const claims = Buffer.from(JSON.stringify({ ...GOOD, sub: 'customer-1' })).toString('base64url')
        return [header, claims, signature].join('.')
      },
    ],
    ['another secret', () => signed(GOOD, newToken())],
    ['the secret of another site', () => signed(GOOD, OTHER.identitySecret)],
    ['HS512 with the right secret', () => signed(GOOD, SITE.identitySecret, 'HS512')],
    ['HS384 with the right secret', () => signed(GOOD, SITE.identitySecret, 'HS384')],
    [
      'a key pair of the attacker',
      async () => {
        const { privateKey } = await generateKeyPair('ES256')
        return new SignJWT(GOOD).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
      },
    ],
    [
      'an extension that must be understood',
      () => signedText(JSON.stringify(GOOD), { crit: ['x-new'], 'x-new': 1 }),
    ],
    ['another site', () => signed({ ...GOOD, aud: OTHER.id }, SITE.identitySecret)],
    ['no audience', () => signed(without('aud'))],
    ['the audience in other case', () => signed({ ...GOOD, aud: SITE.id.toUpperCase() })],
    ['expired an hour ago', () => signed({ ...GOOD, iat: NOW - 3900, exp: NOW - 3600 })],
    ['expired six seconds ago', () => signed({ ...GOOD, iat: NOW - 300, exp: NOW - 6 })],
    ['good for a second too long', () => signed({ ...GOOD, exp: NOW + 901 })],
    ['good for a year', () => signed({ ...GOOD, exp: NOW + 31_536_000 })],
    [
      'good from tomorrow for fifteen minutes',
      () => signed({ ...GOOD, iat: NOW + 86_400, exp: NOW + 87_300 }),
    ],
    ['not good before tomorrow', () => signed({ ...GOOD, nbf: NOW + 86_400 })],
    ['no sub', () => signed(without('sub'))],
    ['no jti', () => signed(without('jti'))],
    ['no iat', () => signed(without('iat'))],
    ['no exp', () => signed(without('exp'))],
    ['an empty sub', () => signed({ ...GOOD, sub: '' })],
    ['an empty jti', () => signed({ ...GOOD, jti: '' })],
    ['a sub that is a list', () => signedAs({ ...GOOD, sub: ['customer-7'] })],
    ['a sub that is a number', () => signedAs({ ...GOOD, sub: 7 })],
    ['a sub that is an object', () => signedAs({ ...GOOD, sub: { $gt: '' } })],
    ['a sub that is true', () => signedAs({ ...GOOD, sub: true })],
    ['a sub with a lone surrogate', () => signedAs({ ...GOOD, sub: 'customer-\ud800' })],
    ['a sub with a NUL', () => signedAs({ ...GOOD, sub: 'customer-7\0' })],
    ['a sub of 129 characters', () => signed({ ...GOOD, sub: 'x'.repeat(129) })],
    ['a jti that is a number', () => signedAs({ ...GOOD, jti: 7 })],
    ['an iat in words', () => signedAs({ ...GOOD, iat: 'now' })],
    ['an exp in words', () => signedAs({ ...GOOD, exp: String(NOW + 300) })],
    ['a name that is an object', () => signedAs({ ...GOOD, name: { first: 'Eve' } })],
    ['a name of 65 characters', () => signed({ ...GOOD, name: 'x'.repeat(65) })],
    ['a phrase that is a list', () => signedAs({ ...GOOD, phrase: ['blue heron'] })],
    ['claims that are a list', () => signedText('[]')],
    ['claims that are a text', () => signedText('"customer-7"')],
    ['claims that are null', () => signedText('null')],
    ['claims that are no JSON', () => signedText('{sub: customer-7}')],
    ['a megabyte of claims', () => signed({ ...GOOD, sub: 'x'.repeat(1_000_000) })],
    ['a megabyte of nothing', () => 'x'.repeat(1_000_000)],
  ]

  test.each(attacks)('%s', async (_, token) => {
    const { enter, store, told, starts, idsOf } = newDoor()
    const ada = await enter()
    const session = ada.newToken ?? ''
    const id = await starts(ada.visitor, 'hello')
    const identity = await token()
    await expect(enter({ identity, session })).rejects.toMatchObject({
      name: 'ChatError',
      code: 'IDENTITY_INVALID',
    })
    // Nothing was moved, told or ended, and the session beside it did not open the door instead.
    expect(told).toEqual([])
    expect(await idsOf(ada.visitor)).toEqual([id])
    expect((await store.conversation(id))?.visitorId).toBe(ada.visitor.id)
    expect((await enter({ session })).visitor.id).toBe(ada.visitor.id)
  })

  test('and the same identity at the site it was made for is taken', async () => {
    const { enter } = newDoor()
    expect((await enter({ identity: await signed() })).self.verified).toBe(true)
  })
})

describe('[H5] with an identity and a session of this browser', () => {
  test('the anonymous conversations move to the verified visitor and the session ends', async () => {
    const { enter, starts, idsOf, told } = newDoor()
    const ada = await enter()
    const session = ada.newToken ?? ''
    const [one, two] = [await starts(ada.visitor, 'one'), await starts(ada.visitor, 'two')]
    const earlier = await enter({ identity: await signed() })
    const known = await starts(earlier.visitor, 'known')

    const entered = await enter({ session, identity: await signed() })
    expect(entered.visitor.id).toBe(earlier.visitor.id)
    expect(entered.newToken).toBeUndefined()
    expect(await idsOf(entered.visitor)).toEqual([one, two, known].toSorted())
    expect(await idsOf(ada.visitor)).toEqual([])
    expect(told).toEqual([
      {
        kind: 'adopted',
        from: ada.visitor.id,
        to: entered.visitor.id,
        conversationIds: expect.toSatisfy(
          (ids: string[]) => ids.toSorted().join() === [one, two].toSorted().join(),
        ),
      },
    ])
  })

  test('the old session opens nothing afterwards: it makes somebody new', async () => {
    const { enter, starts, idsOf } = newDoor()
    const ada = await enter()
    const session = ada.newToken ?? ''
    await starts(ada.visitor, 'one')
    await enter({ session, identity: await signed() })
    const after = await enter({ session })
    expect(after.self.verified).toBe(false)
    expect(after.newToken).toBeDefined()
    expect(after.visitor.id).not.toBe(ada.visitor.id)
    expect(await idsOf(after.visitor)).toEqual([])
  })

  test('showing both once more changes nothing and tells nobody', async () => {
    const { enter, starts, told } = newDoor()
    const ada = await enter()
    const session = ada.newToken ?? ''
    await starts(ada.visitor, 'one')
    const first = await enter({ session, identity: await signed() })
    const second = await enter({ session, identity: await signed() })
    expect(second).toEqual(first)
    expect(told).toHaveLength(1)
  })

  test('the conversations of another browser stay where they are', async () => {
    const { enter, starts, idsOf } = newDoor()
    const [ada, bo] = [await enter(), await enter()]
    await starts(ada.visitor, 'hers')
    const his = await starts(bo.visitor, 'his')
    await enter({ session: ada.newToken ?? '', identity: await signed() })
    expect(await idsOf(bo.visitor)).toEqual([his])
    expect((await enter({ session: bo.newToken ?? '' })).visitor.id).toBe(bo.visitor.id)
  })

  test('a session of another site moves nothing', async () => {
    const { enter, starts, idsOf } = newDoor()
    const elsewhere = await enter({}, OTHER)
    const id = await starts(elsewhere.visitor, 'elsewhere')
    const entered = await enter({ session: elsewhere.newToken ?? '', identity: await signed() })
    expect(await idsOf(entered.visitor)).toEqual([])
    expect(await idsOf(elsewhere.visitor)).toEqual([id])
  })
})
