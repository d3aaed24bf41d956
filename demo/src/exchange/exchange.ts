import cookie from '@fastify/cookie'
import files from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { type Customer, customerById } from './customers.ts'
import { createPage, site } from './page.ts'
import { fromElsewhere, securityHeaders } from './security.ts'
import { createSessions } from './sessions.ts'
import { logOutOfSupport, signSupportToken } from './support-token.ts'

export interface ExchangeOptions {
  nightdeskUrl: string
  siteId: string
  identitySecret: string
  logLevel?: string
}

const formType = 'application/x-www-form-urlencoded'
const cookieName = 'northgate_session'
const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax' } as const

/** The pretend exchange Northgate: what an operator has before Nightdesk, plus one tag and one endpoint. */
export function createExchange(options: ExchangeOptions): FastifyInstance {
  const app = Fastify({ logger: { level: options.logLevel ?? 'info' }, bodyLimit: 4096 })
  const sessions = createSessions()
  const page = createPage(options)
  const headers = securityHeaders(options.nightdeskUrl)
  const loggedIn = (request: FastifyRequest): Customer | undefined =>
    sessions.customer(request.cookies[cookieName])

  app.addContentTypeParser(formType, { parseAs: 'string' }, async (_: FastifyRequest, body: string) =>
    Object.fromEntries(new URLSearchParams(body)),
  )
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (request.method === 'POST' && fromElsewhere(request))
      return reply.code(403).send({ error: 'Wrong origin.' })
    return undefined
  })
  app.register(cookie)
  // The page itself lives in the same folder, but leaves only through GET /, with its tag filled in.
  app.register(files, {
    root: site,
    prefix: '/assets/',
    index: false,
    allowedPath: path => path !== '/index.html',
  })

  app.get('/', (_, reply) =>
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page),
  )

  app.get('/api/me', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return { customer: loggedIn(request) ?? null }
  })

  app.get('/api/support-token', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const customer = loggedIn(request)
    if (!customer) return reply.code(204).send()
    return { token: await signSupportToken(customer, options) }
  })

  app.post('/log-in', async (request, reply) => {
    const customer = customerById(chosenCustomer(request.body))
    if (!customer) return reply.code(400).send({ error: 'There is no such customer.' })
    sessions.close(request.cookies[cookieName])
    return reply.setCookie(cookieName, sessions.open(customer), cookieOptions).redirect('/', 303)
  })

  app.post('/log-out', async (request, reply) => {
    const customer = loggedIn(request)
    sessions.close(request.cookies[cookieName])
    if (customer) void logOutOfSupport(customer, options).catch(error => request.log.error(error))
    return reply.clearCookie(cookieName, cookieOptions).redirect('/', 303)
  })

  app.setNotFoundHandler((_, reply) =>
    reply.code(404).type('text/plain').send('Northgate has no such page.\n'),
  )
  return app
}

function chosenCustomer(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'customer' in body ? body.customer : undefined
}
