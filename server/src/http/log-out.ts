import { ChatError } from '@nightdesk/shared/errors.ts'
import type { FastifyPluginCallback } from 'fastify'
import type { Site } from '../config.ts'
import { parseInput } from '../door/input.ts'
import { verifyLogOut } from '../identity/log-out.ts'
import type { Parts } from '../parts.ts'
import { bodies } from './bodies.ts'

/** The exchange's backend says that a customer has logged out: their open chats end within a second, everywhere. */
export function logOutRoutes(sites: readonly Site[], parts: Parts): FastifyPluginCallback {
  return (app, _options, done) => {
    app.post('/log-out', async (request, reply) => {
      const { site: id, token } = parseInput(bodies['POST /api/visitors/log-out'], request.body)
      const site = sites.find(one => one.id === id)
      if (!site) throw new ChatError('SITE_UNKNOWN')
      const customer = verifyLogOut(site, token, parts.now())
      const at = parts.now()
      const visitorId = await parts.store.logOut(site.id, customer, at)
      if (visitorId) parts.live.publish({ kind: 'logged-out', visitorId, at })
      return reply.code(204).send()
    })
    done()
  }
}
