import { expect, onTestFinished, test, vi } from 'vitest'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import { newToken } from './secrets.ts'
import { createSignIn } from './sign-in.ts'

// scrypt is meant to take its time.
vi.setConfig({ testTimeout: 60_000 })

const HOUR = 3_600_000

/** Sam, who was added and has never signed in, and a clock to turn. */
async function withSam() {
  const store = openSqliteStore(':memory:')
  onTestFinished(() => store.close())
  const clock = { now: 1_800_000_000_000 }
  const signIn = createSignIn({ store, secretKey: newToken(), now: () => clock.now })
  const sam = await store.addAgent({ email: 'sam@northgate.example', name: 'Sam', at: clock.now })
  /** Signed in with a fresh link. */
  const newSession = async () => {
    const session = await signIn.session(await signIn.withLink(await signIn.invite(sam)))
    if (!session) throw new Error('Sam did not come in')
    return session
  }
  return { store, clock, signIn, sam, newSession }
}

test('a sign-in link works once', async () => {
  const { signIn, sam } = await withSam()
  const link = await signIn.invite(sam)
  const session = await signIn.withLink(link)
  expect((await signIn.session(session))?.agent).toEqual(sam)
  await expect(signIn.withLink(link)).rejects.toMatchObject({ code: 'LINK_INVALID' })
  expect((await signIn.session(session))?.agent).toEqual(sam)
})

test('of two who press the same link at once, one comes in', async () => {
  const { signIn, sam } = await withSam()
  const link = await signIn.invite(sam)
  const results = await Promise.allSettled([signIn.withLink(link), signIn.withLink(link)])
  expect(results.map(result => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('a sign-in link is good for 24 hours and not longer', async () => {
  const { signIn, sam, clock } = await withSam()
  const [inTime, late] = [await signIn.invite(sam), await signIn.invite(sam)]
  clock.now += 24 * HOUR - 1
  await signIn.withLink(inTime)
  clock.now += 1
  await expect(signIn.withLink(late)).rejects.toMatchObject({ code: 'LINK_INVALID' })
})

test('a link that was never sent, and the session of somebody, are no links', async () => {
  const { signIn, sam } = await withSam()
  const session = await signIn.withLink(await signIn.invite(sam))
  for (const token of ['', newToken(), session]) {
    await expect(signIn.withLink(token)).rejects.toMatchObject({ code: 'LINK_INVALID' })
  }
})

test('a link is no session, and nothing is no session', async () => {
  const { signIn, sam } = await withSam()
  const link = await signIn.invite(sam)
  for (const token of [undefined, '', newToken(), link])
    expect((await signIn.session(token))?.agent).toBeUndefined()
})

test('a session ends after twelve hours, or when the agent signs out, each device by itself', async () => {
  const { signIn, sam, clock } = await withSam()
  const [laptop, phone] = [
    await signIn.withLink(await signIn.invite(sam)),
    await signIn.withLink(await signIn.invite(sam)),
  ]
  await signIn.signOut(laptop)
  expect((await signIn.session(laptop))?.agent).toBeUndefined()
  clock.now += 12 * HOUR - 1
  expect((await signIn.session(phone))?.agent).toEqual(sam)
  clock.now += 1
  expect((await signIn.session(phone))?.agent).toBeUndefined()
})

test('the database holds no token: a session and a link are stored as hashes', async () => {
  const { store, signIn, sam } = await withSam()
  const link = await signIn.invite(sam)
  expect(await store.useSignInLink(link, 0)).toBeUndefined()
  const session = await signIn.withLink(link)
  expect(await store.agentBySession(session, 0)).toBeUndefined()
  expect((await signIn.session(session))?.agent).toEqual(sam)
})

test('tokens of another server key are worth nothing here', async () => {
  const { store, signIn, sam, clock } = await withSam()
  const elsewhere = createSignIn({ store, secretKey: newToken(), now: () => clock.now })
  const session = await signIn.withLink(await signIn.invite(sam))
  expect((await elsewhere.session(session))?.agent).toBeUndefined()
})

test('a password has at least twelve characters', async () => {
  const { store, signIn, sam, newSession } = await withSam()
  for (const password of ['', 'short', 'elevenchars']) {
    await expect(signIn.choosePassword(await newSession(), password)).rejects.toMatchObject({
      code: 'PASSWORD_WEAK',
      detail: { field: 'password' },
    })
  }
  expect((await store.agent(sam.id))?.passwordHash).toBeNull()
  await signIn.choosePassword(await newSession(), 'twelve chars')
  expect((await store.agent(sam.id))?.passwordHash).toMatch(/^scrypt\$/)
})

test('six emoji are six characters, which is too few for a password', async () => {
  const { signIn, newSession } = await withSam()
  await expect(signIn.choosePassword(await newSession(), '😀😀😀😀😀😀')).rejects.toMatchObject({
    code: 'PASSWORD_WEAK',
  })
})

test('e-mail and password open a session, in whatever case the e-mail is typed', async () => {
  const { signIn, newSession } = await withSam()
  await signIn.choosePassword(await newSession(), 'correct horse battery')
  for (const email of ['sam@northgate.example', ' Sam@Northgate.example ']) {
    const session = await signIn.withPassword(email, 'correct horse battery')
    expect((await signIn.session(session))?.agent).toMatchObject({ code: 'A11', name: 'Sam' })
  }
})

test('a wrong password, an unknown e-mail and an agent without a password are refused alike', async () => {
  const { store, signIn, clock, newSession } = await withSam()
  await signIn.choosePassword(await newSession(), 'correct horse battery')
  await store.addAgent({ email: 'kim@northgate.example', name: 'Kim', at: clock.now })
  const refusals = await Promise.all(
    [
      ['sam@northgate.example', 'wrong horse battery'],
      ['sam@northgate.example', ''],
      ['nobody@northgate.example', 'correct horse battery'],
      ['kim@northgate.example', 'correct horse battery'],
      ['kim@northgate.example', ''],
    ].map(([email = '', password = '']) => signIn.withPassword(email, password).catch(error => error)),
  )
  for (const refused of refusals) {
    expect(refused).toMatchObject({ name: 'ChatError', code: 'SIGN_IN_FAILED', detail: {} })
  }
  expect(new Set(refusals.map(refused => refused.message)).size).toBe(1)
})

test('a new password takes the place of the old one', async () => {
  const { store, signIn, sam, newSession } = await withSam()
  await signIn.choosePassword(await newSession(), 'correct horse battery')
  await signIn.choosePassword(await newSession(), 'better horse battery')
  await expect(signIn.withPassword(sam.email, 'correct horse battery')).rejects.toMatchObject({
    code: 'SIGN_IN_FAILED',
  })
  expect(await signIn.withPassword(sam.email, 'better horse battery')).toMatch(/^[\w-]{43}$/)
  expect(await store.agents()).toHaveLength(1)
})

test('[S-1] who is still being checked with the old password when a new one is chosen does not come in', async () => {
  const { store, signIn, newSession } = await withSam()
  const session = await newSession()
  await signIn.choosePassword(session, 'correct horse battery')
  const { agentByEmail } = store
  store.agentByEmail = async email => {
    const agent = await agentByEmail(email)
    await signIn.choosePassword(session, 'another horse battery')
    return agent
  }
  await expect(signIn.withPassword('sam@northgate.example', 'correct horse battery')).rejects.toMatchObject({
    code: 'SIGN_IN_FAILED',
  })
})
