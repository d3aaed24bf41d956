import { ChatError } from '@nightdesk/shared/errors.ts'
import type { FastifyPluginCallback } from 'fastify'
import { parseInput } from '../door/input.ts'
import { Bucket } from '../door/rate.ts'
import { deskCookie, readDeskCookie } from '../identity/desk-cookie.ts'
import type { SignIn } from '../identity/sign-in.ts'
import { bodies } from './bodies.ts'

const SESSION_SECONDS = 12 * 3600
/** Five failures, then one a minute, for each address and e-mail. */
const TRIES = { burst: 5, perSecond: 1 / 60 }
const REMEMBERED = 10_000

/** How agents sign in and out. Cookies are `SameSite=Strict` and every request's Origin is checked. */
export function deskSessionRoutes(signIn: SignIn, now: () => number): FastifyPluginCallback {
  const tries = new Map<string, Bucket>()

  /** Counts what fails: an attempt takes a token, one that succeeds gives it back. */
  async function tried<Result>(key: string, attempt: () => Promise<Result>): Promise<Result> {
    const bucket = tries.get(key) ?? new Bucket(TRIES, now())
    // The oldest makes room; a bucket that old is full again anyway.
    if (tries.size >= REMEMBERED) tries.delete(tries.keys().next().value ?? '')
    tries.set(key, bucket)
    const wait = bucket.take(now())
    if (wait > 0) throw new ChatError('RATE_LIMITED', { retryAfterMs: wait })
    const result = await attempt()
    bucket.give()
    return result
  }

  return (app, _options, done) => {
    app.post('/session', async (request, reply) => {
      const body = parseInput(bodies['POST /api/desk/session'], request.body)
      const key = 'link' in body ? request.ip : `${request.ip} ${body.email.trim().toLowerCase()}`
      const token = await tried(key, () =>
        'link' in body ? signIn.withLink(body.link) : signIn.withPassword(body.email, body.password),
      )
      return reply.header('set-cookie', deskCookie(token, SESSION_SECONDS)).code(204).send()
    })

    app.put('/password', async (request, reply) => {
      const session = await signIn.session(readDeskCookie(request.headers.cookie))
      if (!session) throw new ChatError('SESSION_INVALID')
      const { password } = parseInput(bodies['PUT /api/desk/password'], request.body)
      await signIn.choosePassword(session, password)
      return reply.code(204).send()
    })

    app.delete('/session', async (request, reply) => {
      parseInput(bodies['DELETE /api/desk/session'], request.body)
      const session = readDeskCookie(request.headers.cookie)
      if (session) await signIn.signOut(session)
      return reply.header('set-cookie', deskCookie('', 0)).code(204).send()
    })
    done()
  }
}
