import { bodies, FROM_SERVERS } from '@nightdesk/server/http/bodies.ts'
import { ERRORS, type ErrorCode } from '@nightdesk/shared/errors.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { agentNamespace } from '@nightdesk/shared/protocol/agent.ts'
import { visitorNamespace } from '@nightdesk/shared/protocol/visitor.ts'
import { describe, expect, test } from 'vitest'
import { type Nightdesk, newNightdesk } from '../support/desk.ts'
import type { Ada, Sam } from '../support/people.ts'

/**
 * Bad input to every event and every route. The rows come from the registry: an event without a good input
 * here fails, so that a new one cannot go untested.
 */
type Good = Record<string, unknown>

/** One good input per event; `cv` stands for the conversation, each field is then spoiled in turn. */
const visitorInputs = (cv: string): Record<keyof typeof visitorNamespace.asks, Good> => ({
  'session:start': {},
  'conversation:start': { key: newId('mk'), text: 'hello', locale: 'en' },
  'conversation:open': { conversationId: cv },
  'conversation:close': { conversationId: cv },
  'message:send': { conversationId: cv, key: newId('mk'), text: 'hello' },
  'message:read': { conversationId: cv, seq: 1 },
  'human:request': { conversationId: cv },
  'queue:leave': { conversationId: cv },
  'typing:start': { conversationId: cv },
})

const agentInputs = (cv: string): Record<keyof typeof agentNamespace.asks, Good> => ({
  'session:start': {},
  'conversation:open': { conversationId: cv },
  'conversation:take': { conversationId: cv },
  'conversation:handBack': { conversationId: cv },
  'conversation:close': { conversationId: cv },
  'message:send': { conversationId: cv, key: newId('mk'), text: 'hello' },
  'message:read': { conversationId: cv, seq: 1 },
  'typing:start': { conversationId: cv },
})

const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

/** Values that no field of ours takes. */
const WRONG: [name: string, value: unknown][] = [
  ['null', null],
  ['true', true],
  ['an empty list', []],
  ['a list', ['cv']],
  ['an object', { $gt: '' }],
  ['a deep nest', deep(5000)],
  ['not a number', Number.NaN],
  ['a negative number', -1],
  ['a huge number', 1e308],
  ['U+0000', '\u0000'],
  ['a lone surrogate', '\ud800'],
  ['a prototype', JSON.parse('{"__proto__": {"polluted": true}}')],
  ['10 kB of text', 'x'.repeat(10_000)],
]

const WRONG_INPUTS: [name: string, args: unknown[]][] = [
  ['nothing', []],
  ['null', [null]],
  ['a text', ['hello']],
  ['a number', [1]],
  ['a list', [[]]],
  ['two inputs', [{}, {}]],
]

const inputCodes: ErrorCode[] = ['INVALID_INPUT', 'TEXT_EMPTY', 'TEXT_TOO_LONG']

describe('[A2] bad input to every socket event gets its code and hurts nobody', () => {
  let nightdesk: Nightdesk
  let ada: Ada
  let bo: Ada
  let sam: Sam
  let cv: string

  async function meet() {
    nightdesk = await newNightdesk({ rates: 'unlimited' })
    ;[ada, bo, sam] = [await nightdesk.visitor(), await nightdesk.visitor(), await nightdesk.agent('Sam')]
    cv = await ada.says('hello')
    await bo.says('hello')
  }

  const cases = [
    ...Object.keys(visitorNamespace.asks).map(event => ['visitor', event] as const),
    ...Object.keys(agentNamespace.asks).map(event => ['agent', event] as const),
  ]

  test.each(cases)('%s %s', async (side, event) => {
    await meet()
    const client = side === 'visitor' ? ada : sam
    const refused = (...args: unknown[]) => client.refused(event, ...args)
    const inputs: Record<string, Good> = side === 'visitor' ? visitorInputs(cv) : agentInputs(cv)
    const good = inputs[event]
    if (!good) throw new Error(`${event} has no row: add its good input above`)

    for (const [name, args] of WRONG_INPUTS) {
      expect((await refused(...args)).code, `${name} for the whole input`).toBe('INVALID_INPUT')
    }
    expect((await refused({ ...good, stray: 1 })).code, 'an unknown field').toBe('INVALID_INPUT')
    for (const field of Object.keys(good)) {
      const { [field]: _, ...without } = good
      expect((await refused(without)).code, `without ${field}`).toBe('INVALID_INPUT')
      for (const [name, value] of WRONG) {
        // A text of 10 kB is too long for one field and no text at all for the others.
        const { code } = await refused({ ...good, [field]: value })
        expect(inputCodes, `${name} as ${field}`).toContain(code)
      }
    }
    if ('conversationId' in good) {
      const unknown = await refused({ ...good, conversationId: newId('cv') })
      const foreign =
        side === 'visitor'
          ? await bo.refused(event, { ...good, conversationId: cv })
          : await sam.refused(event, { ...good, conversationId: cv })
      if (side === 'visitor') expect(foreign, '[R1] foreign is answered like unknown').toEqual(unknown)
      expect(unknown.code, 'an unknown conversation').toBe('NOT_FOUND')
      const foreignAtDesk: ErrorCode[] = ['NOT_FOUND', 'NOT_WAITING', 'NOT_YOUR_CONVERSATION']
      if (side === 'agent')
        expect(foreignAtDesk, "[R2] [R3] a conversation that is the bot's").toContain(foreign.code)
    }
    // After all that the same socket still works.
    await (side === 'visitor' ? ada.ask('session:start', {}) : sam.ask('session:start', {}))
  })

  test('[A3] an event that is not in the table', async () => {
    await meet()
    for (const event of ['message:delete', 'constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect((await ada.refused(event, {})).code).toBe('UNKNOWN_EVENT')
      expect((await sam.refused(event, {})).code).toBe('UNKNOWN_EVENT')
    }
  })

  test('[A4] a packet of 1 MB closes the socket with 1009 and the process lives', async () => {
    await meet()
    const closed = new Promise<number>(resolve => {
      ada.socket.io.engine.once('close', (_reason, detail) =>
        resolve((detail as { context: { code: number } }).context.code),
      )
    })
    ada.socket.emit('message:send', { conversationId: cv, key: newId('mk'), text: 'x'.repeat(1_000_000) })
    expect(await closed).toBe(1009)
    expect(await (await fetch(`${nightdesk.origin}/healthz`)).json()).toEqual({ status: 'ready' })
    expect(await bo.sees()).toContain('hello')
  })

  test('[A5] asks in a flood are told how long to wait, and nothing of them is done', async () => {
    const shipped = await newNightdesk()
    const eve = await shipped.visitor()
    const id = await eve.says('hello')
    const flood = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        eve.ask('message:send', { conversationId: id, key: newId('mk'), text: `flood ${index}` }).then(
          () => null,
          error => error,
        ),
      ),
    )
    const limited = flood.filter(error => error !== null)
    expect(limited.length).toBeGreaterThan(10)
    for (const error of limited) {
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retry: 'later' })
      expect(error.retryAfterMs).toBeGreaterThan(0)
    }
    const page = await shipped.parts.store.page(id, 'latest', 200)
    const kept = page?.messages.filter(({ body }) => body.kind === 'text' && body.text.startsWith('flood'))
    expect(kept).toHaveLength(40 - limited.length)
  })
})

describe('[A2] [A4] bad input to every route gets its code', () => {
  const ROUTES = [
    'POST /api/visitors/log-out',
    'POST /api/desk/session',
    'PUT /api/desk/password',
    'DELETE /api/desk/session',
  ] as const
  const json = { 'content-type': 'application/json' }

  async function send(
    nightdesk: Nightdesk,
    route: string,
    body: string | undefined,
    headers: Record<string, string>,
  ) {
    const [method = '', path = ''] = route.split(' ')
    const init = {
      method,
      headers: { ...(FROM_SERVERS.has(path) ? {} : { origin: nightdesk.origin }), ...headers },
      ...(body === undefined ? {} : { body }),
    }
    const response = await fetch(nightdesk.origin + path, init)
    const answer = (await response.json().catch(() => null)) as { error?: { code: ErrorCode } } | null
    if (answer?.error) expect(response.status).toBe(ERRORS[answer.error.code].status)
    return answer?.error?.code
  }

  /** A desk session in the headers, for the routes that look at who asks before they look at what. */
  async function signedIn(nightdesk: Nightdesk) {
    const agent = await nightdesk.parts.store.addAgent({ name: 'Sam', email: 'sam@x', at: 1 })
    const session = await nightdesk.signIn.withLink(await nightdesk.signIn.invite(agent))
    return { cookie: `__Host-nightdesk=${session}` }
  }

  test('the rows below are all the routes that take a body', async () => {
    const nightdesk = await newNightdesk()
    const routes = nightdesk.app.http.printRoutes({ commonPrefix: false })
    const changing = [...routes.matchAll(/^[\s│├└─]*(\S+) \(([A-Z, ]+)\)/gm)].flatMap(([, path, methods]) =>
      (methods ?? '')
        .split(', ')
        .filter(method => !['GET', 'HEAD'].includes(method))
        .map(method => `${method} ${path}`),
    )
    expect(changing.length).toBe(ROUTES.length)
    expect(Object.keys(bodies)).toEqual([...ROUTES])
  })

  test.each(ROUTES)('%s', async route => {
    const nightdesk = await newNightdesk()
    const cookie = await signedIn(nightdesk)
    const wrong = [
      'null',
      '1',
      '"x"',
      '[]',
      '{"stray":1}',
      '{"link":1}',
      '{"password":{"$gt":""}}',
      '{"email":"a","password":null}',
    ]
    for (const body of wrong) {
      if (route.startsWith('DELETE') && body === 'null') continue
      expect(await send(nightdesk, route, body, { ...json, ...cookie }), body).toBe('INVALID_INPUT')
    }
    for (const body of ['{', '{"__proto__":{}}', '{"a":1} x', '']) {
      expect(await send(nightdesk, route, body, { ...json, ...cookie }), body).toBe('INVALID_INPUT')
    }
    const big = JSON.stringify({ password: 'x'.repeat(1_000_000) })
    expect(await send(nightdesk, route, big, { ...json, ...cookie })).toBe('PACKET_TOO_LARGE')
    for (const type of ['application/json; charset=utf-8', 'text/plain', 'application/jsonx']) {
      expect(await send(nightdesk, route, '{}', { 'content-type': type, ...cookie }), type).toMatch(
        /MEDIA_TYPE|INVALID_INPUT/,
      )
    }
    for (const origin of ['http://evil.example', 'null', `${nightdesk.origin}.evil.example`]) {
      expect(await send(nightdesk, route, '{}', { ...json, ...cookie, origin }), origin).toBe(
        'ORIGIN_REFUSED',
      )
    }
    expect((await fetch(`${nightdesk.origin}/healthz`)).status).toBe(200)
  })

  test('reading routes: an unknown site and an unknown path', async () => {
    const nightdesk = await newNightdesk()
    expect(await send(nightdesk, 'GET /frame/st_other', undefined, {})).toBe('SITE_UNKNOWN')
    expect(await send(nightdesk, 'GET /frame/%2e%2e%2f', undefined, {})).toBe('SITE_UNKNOWN')
    expect(await send(nightdesk, 'GET /nothing', undefined, {})).toBe('UNKNOWN_EVENT')
    expect(await send(nightdesk, 'GET /assets/../../package.json', undefined, {})).toBe('UNKNOWN_EVENT')
  })
})
