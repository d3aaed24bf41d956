import type { IncomingMessage } from 'node:http'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import { parseInput } from '../door/input.ts'
import type { Limits } from '../door/limits.ts'
import type { Rate } from '../door/rate.ts'
import type { LimitSettings } from '../door/settings.ts'
import { takeAll } from '../door/take-all.ts'
import { deskCookie, readDeskCookie } from '../identity/desk-cookie.ts'
import { deviceCookies } from '../identity/device-cookie.ts'
import type { SignIn } from '../identity/sign-in.ts'
import { bodies } from './bodies.ts'

const SESSION_SECONDS = 12 * 3600

type Door = {
  signIn: SignIn
  limits: Limits
  rates: LimitSettings['signIn']
  addressOf: (request: IncomingMessage) => string
  secretKey: string
}

/** How agents sign in and out. Cookies are `SameSite=Strict` and every request's Origin is checked. */
export function deskSessionRoutes(door: Door): FastifyPluginCallback {
  const { signIn, limits, rates, addressOf } = door
  const devices = deviceCookies(door.secretKey)

  /** What a try is counted by. A device that the agent has signed in from is counted alone. */
  function countersOf({ raw }: FastifyRequest, email: string | undefined): [string, Rate][] {
    const address = addressOf(raw)
    if (email === undefined) return [[`sign-in:${address}`, rates.pair]]
    const device = devices.read(raw.headers.cookie, email)
    if (device !== undefined) return [[`sign-in-device:${device}`, rates.pair]]
    return [
      [`sign-in:${address} ${email}`, rates.pair],
      [`sign-in-address:${address}`, rates.address],
      [`sign-in-account:${email}`, rates.account],
    ]
  }

  return (app, _options, done) => {
    app.post('/session', async (request, reply) => {
      const body = parseInput(bodies['POST /api/desk/session'], request.body)
      const email = 'email' in body ? body.email.trim().toLowerCase() : undefined
      // Counts what fails: a try takes a token, one that succeeds gives it back.
      const succeeded = await takeAll(limits, countersOf(request, email))
      const token =
        'link' in body
          ? await signIn.withLink(body.link)
          : await signIn.withPassword(body.email, body.password)
      await succeeded()
      const session = await signIn.session(token)
      const cookies = [deskCookie(token, SESSION_SECONDS)]
      if (session) cookies.push(devices.write(session.agent.email))
      return reply.header('set-cookie', cookies).code(204).send()
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
