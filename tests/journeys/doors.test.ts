import { DESK_COOKIE } from '@nightdesk/server/identity/desk-cookie.ts'
import { expect, test } from 'vitest'
import { dial } from '../support/client.ts'
import { newNightdesk, SITE, signedFor } from '../support/desk.ts'
import { agentClient } from '../support/people.ts'

/** Dials and answers `connected`, or the code with which the door was shut. */
async function knock(door: Parameters<typeof dial>[0]): Promise<string> {
  const socket = dial(door)
  const answer = await new Promise<string>(resolve => {
    socket.once('connect', () => resolve('connected'))
    socket.once('connect_error', error =>
      resolve((error as { data?: { code: string } }).data?.code ?? 'no connection'),
    )
  })
  socket.disconnect()
  return answer
}

const auth = { protocol: 1, site: SITE.id }

test('[H1] a socket from any other origin is turned away, on both namespaces', async () => {
  const { origin } = await newNightdesk()
  const others = [
    'https://evil.example',
    'null',
    `${origin}.evil.example`,
    origin.replace('localhost', 'LOCALHOST'),
    `${origin}0`,
    'http://localhost',
  ]
  for (const other of others) {
    for (const namespace of ['/visitor', '/agent']) {
      expect(await knock({ url: origin + namespace, origin: other, auth }), `${other} ${namespace}`).toBe(
        'no connection',
      )
    }
  }
  expect(await knock({ url: `${origin}/visitor`, origin, auth })).toBe('connected')
})

test('[H1] long polling is not spoken at all', async () => {
  const { origin } = await newNightdesk()
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`, { headers: { origin } })
  expect(response.status).toBe(400)
})

test('[H2] what does not fit at the handshake is refused with its code', async () => {
  const { origin } = await newNightdesk()
  const visitor = (shown: object) => knock({ url: `${origin}/visitor`, origin, auth: shown })
  expect(await visitor({})).toBe('INVALID_INPUT')
  expect(await visitor({ ...auth, stray: 1 })).toBe('INVALID_INPUT')
  expect(await visitor({ ...auth, session: { $gt: '' } })).toBe('INVALID_INPUT')
  expect(await visitor({ ...auth, protocol: 2 })).toBe('PROTOCOL_UNSUPPORTED')
  expect(await visitor({ ...auth, site: 'st_other' })).toBe('SITE_UNKNOWN')
  expect(await visitor({ ...auth, identity: 'nonsense' })).toBe('IDENTITY_INVALID')
})

test('[H2] the desk opens to a live session only', async () => {
  const nightdesk = await newNightdesk()
  const door = { url: `${nightdesk.origin}/agent`, origin: nightdesk.origin, auth: { protocol: 1 } }
  expect(await knock(door)).toBe('SESSION_INVALID')
  expect(await knock({ ...door, cookie: `${DESK_COOKIE}=guess` })).toBe('SESSION_INVALID')
  const agent = await nightdesk.parts.store.addAgent({ name: 'Sam', email: 'sam@x', at: 1 })
  const session = await nightdesk.signIn.withLink(await nightdesk.signIn.invite(agent))
  expect(await knock({ ...door, cookie: `${DESK_COOKIE}=${session}` })).toBe('connected')
  expect(await knock({ ...door, cookie: `${DESK_COOKIE}=${session}; ${DESK_COOKIE}=x` })).toBe(
    'SESSION_INVALID',
  )
  await nightdesk.signIn.signOut(session)
  expect(await knock({ ...door, cookie: `${DESK_COOKIE}=${session}` })).toBe('SESSION_INVALID')
})

const identity = (claims: object = {}) =>
  signedFor('cus_ada', SITE.id, { name: 'Ada', phrase: 'amber kettle', ...claims })

test('[H3] an anonymous browser comes back with its token and finds its conversation; another does not', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor()
  const id = await ada.says('hello')
  const again = await nightdesk.visitor({ session: ada.session ?? '' })
  expect(again.conversation()).toBe(id)
  const stranger = await nightdesk.visitor()
  expect(await stranger.refused('conversation:open', { conversationId: id })).toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('[H4] [H5] logging in moves what this browser wrote as a guest, and nothing of anybody else', async () => {
  const nightdesk = await newNightdesk()
  const guest = await nightdesk.visitor()
  const bystander = await nightdesk.visitor()
  const mine = await guest.says('hello')
  await bystander.says('not yours')
  const ada = await nightdesk.visitor({ session: guest.session ?? '', identity: await identity() })
  expect(ada.conversation()).toBe(mine)
  const phone = await nightdesk.visitor({ identity: await identity() })
  const { visitor, conversations } = await phone.ask('session:start', {})
  expect(visitor).toMatchObject({ verified: true, name: 'Ada', phrase: 'amber kettle' })
  expect(conversations.map(row => row.id)).toEqual([mine])
  const worthless = await nightdesk.visitor({ session: guest.session ?? '' })
  expect((await worthless.ask('session:start', {})).conversations).toEqual([])
})

test('[R2] the desk shows who is proven, never an id or an e-mail of an agent to the visitor', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor({ identity: await identity() })
  const sam = await nightdesk.agent('Sam')
  const id = await ada.says('human')
  const row = await sam.hears(tell => tell.event === 'inbox:updated')
  expect(row.news).toMatchObject({ visitor: { name: 'Ada', verified: true } })
  await sam.takes(id)
  await sam.replies(id, 'Hello')
  const told = await ada.hears(tell => tell.event === 'message:added' && tell.news.author.role === 'agent')
  expect(JSON.stringify(ada.told)).not.toMatch(/ag_|vi_|@|amber kettle/)
  expect(told.news).toMatchObject({ author: { role: 'agent', agent: { code: 'A11', name: 'Sam' } } })
})

test('[H7] before it is ready and while it drains: 503, no handshake, no ask; ready in between', async () => {
  const nightdesk = await newNightdesk({ open: false })
  const { origin } = nightdesk
  const health = async () => {
    const response = await fetch(`${origin}/healthz`)
    return [response.status, ((await response.json()) as { status: string }).status]
  }
  expect(await health()).toEqual([503, 'starting'])
  expect(await knock({ url: `${origin}/visitor`, origin, auth })).toBe('no connection')
  expect((await fetch(`${origin}/frame/${SITE.id}`)).status).toBe(503)

  await nightdesk.app.open()
  expect(await health()).toEqual([200, 'ready'])
  const ada = await nightdesk.visitor()

  const drained = nightdesk.app.drain(300)
  expect(await health()).toEqual([503, 'draining'])
  expect(await knock({ url: `${origin}/visitor`, origin, auth })).toBe('no connection')
  expect(await ada.refused('session:start', {})).toMatchObject({ code: 'NOT_READY', retry: 'later' })
  await drained
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow()
})

test('pages carry a policy without inline code, and only the site may frame the chat', async () => {
  const { origin } = await newNightdesk()
  for (const [path, ancestors] of [
    [`/frame/${SITE.id}`, SITE.origins[0]],
    ['/desk', "'none'"],
  ] as const) {
    const response = await fetch(origin + path)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`frame-ancestors ${ancestors}`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('[H6] signing out ends the sockets of that session at once, and no other', async () => {
  const nightdesk = await newNightdesk()
  const agent = await nightdesk.parts.store.addAgent({ name: 'Sam', email: 'sam@x', at: 1 })
  const [one, other] = [await nightdesk.signIn.invite(agent), await nightdesk.signIn.invite(agent)]
  const [first, second] = [await nightdesk.signIn.withLink(one), await nightdesk.signIn.withLink(other)]
  const [here, there] = [
    await agentClient(nightdesk.origin, first),
    await agentClient(nightdesk.origin, second),
  ]
  const gone = new Promise(resolve => here.socket.once('disconnect', resolve))
  await fetch(`${nightdesk.origin}/api/desk/session`, {
    method: 'DELETE',
    headers: { origin: nightdesk.origin, cookie: `${DESK_COOKIE}=${first}` },
  })
  await gone
  await there.ask('session:start', {})
})

test('[H6] a visitor whose identity has run out is asked for a new one', async () => {
  const nightdesk = await newNightdesk()
  const soon = await signedFor('cus_ada', SITE.id, {}, '3s')
  const ada = await nightdesk.visitor({ identity: soon })
  await new Promise(resolve => ada.socket.once('disconnect', resolve))
})

test('[H2] nobody is let into the default namespace', async () => {
  const { origin } = await newNightdesk()
  expect(await knock({ url: origin, origin, auth: {} })).toBe('UNKNOWN_EVENT')
})
