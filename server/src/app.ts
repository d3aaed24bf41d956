import { ChatError } from '@nightdesk/shared/errors.ts'
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import { resumeBotTurns } from './chat/bot-turn.ts'
import type { Config } from './config.ts'
import { SHIPPED_RATES } from './door/rate.ts'
import { FROM_SERVERS } from './http/bodies.ts'
import { deskSessionRoutes } from './http/desk-session.ts'
import { answerError, answerErrors } from './http/errors.ts'
import { type Health, healthRoutes } from './http/health.ts'
import { logOutRoutes } from './http/log-out.ts'
import { pageRoutes } from './http/pages.ts'
import { createSignIn } from './identity/sign-in.ts'
import { watchHeads } from './live/heads.ts'
import type { Parts } from './parts.ts'
import { agentSockets } from './sockets/agent.ts'
import { closeConnections, cutSlowReaders } from './sockets/bounds.ts'
import { endings } from './sockets/endings.ts'
import { fanOut } from './sockets/fan-out.ts'
import { type AgentNamespace, createIo, type VisitorNamespace } from './sockets/io.ts'
import { visitorSockets } from './sockets/visitor.ts'

export type App = {
  http: FastifyInstance
  /** Opens the doors; until then `/healthz` and every handshake answer that it is not ready. */
  open(): Promise<void>
  /** Closes the doors, lets what is under way finish, waits `drainMs`, then closes everything. */
  drain(drainMs: number): Promise<void>
}

/** The composition root: what Nightdesk consists of. */
export async function createApp(
  config: Config,
  parts: Parts,
  log: FastifyBaseLogger,
  rates = SHIPPED_RATES,
): Promise<App> {
  const health: Health = { state: 'starting' }
  const isOpen = () => health.state === 'ready'
  const signIn = createSignIn({
    store: parts.store,
    secretKey: config.secretKey,
    now: parts.now,
    onSignedOut: session => parts.live.publish({ kind: 'signed-out', session }),
  })

  const http: FastifyInstance = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustOf(config.trustProxy),
    bodyLimit: 32 * 1024,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
    requestTimeout: 15_000,
    connectionTimeout: 20_000,
    keepAliveTimeout: 10_000,
    maxRequestsPerSocket: 100,
    forceCloseConnections: true,
  })
  http.server.headersTimeout = 10_000
  answerErrors(http)
  guardRequests(http, config.publicUrl.origin, isOpen)

  await http.register(healthRoutes(health))
  await http.register(pageRoutes({ config, bot: parts.bot }))
  await http.register(logOutRoutes(config.sites, parts), { prefix: '/api/visitors' })
  await http.register(deskSessionRoutes(signIn, parts.now), { prefix: '/api/desk' })

  const io = createIo(http.server, { origin: config.publicUrl.origin, isOpen })
  const stopCutting = cutSlowReaders(io)
  const visitors: VisitorNamespace = io.of('/visitor')
  const agents: AgentNamespace = io.of('/agent')
  const door = { log, secretKey: config.secretKey, now: parts.now, rates, isOpen }
  let draining: Promise<void> | undefined
  const { end, stop: stopEndings } = endings(parts, visitors, agents)
  const stopFanOut = fanOut(parts, { visitors, agents }, end)
  const stopHeads = watchHeads(parts.store, parts.live, config.redisUrl ? 1000 : 200, parts.onError)
  visitorSockets(visitors, parts, door, config.sites)
  agentSockets(agents, parts, door, signIn)

  return {
    http,
    open: async () => {
      await resumeBotTurns(parts)
      health.state = 'ready'
    },
    drain: drainMs => {
      draining ??= close(drainMs)
      return draining
    },
  }

  async function close(drainMs: number): Promise<void> {
    health.state = 'draining'
    await new Promise(resolve => setTimeout(resolve, drainMs))
    await closeConnections(io)
    await http.close()
    stopEndings()
    stopFanOut()
    await stopHeads()
    await parts.live.close()
    stopCutting()
    await parts.store.close()
  }
}

/** What holds for every request: headers that no page goes without, one origin, one content type. */
function guardRequests(http: FastifyInstance, origin: string, isOpen: () => boolean): void {
  http.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
      ...(origin.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    })
    if (request.routeOptions.url === '/healthz') return
    if (!isOpen()) throw new ChatError('NOT_READY', { retryAfterMs: 1000 })
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    const wanted = FROM_SERVERS.has(request.routeOptions.url ?? '') ? undefined : origin
    if (changes && request.headers.origin !== wanted) throw new ChatError('ORIGIN_REFUSED')
  })
  // An exact content type: lenient parsing of this header has let bodies past validation before.
  http.removeAllContentTypeParsers()
  const parseJson = http.getDefaultJsonParser('error', 'error')
  http.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (request.headers['content-type'] !== 'application/json') return done(new ChatError('MEDIA_TYPE'))
    parseJson(request, body as string, done)
  })
}

/** The nearest so many hops are ours; what stands behind them in the header is the asker's own word. */
function trustOf(trusted: Config['trustProxy']): string[] | ((address: string, hop: number) => boolean) {
  return typeof trusted === 'number' ? (_address, hop) => hop < trusted : trusted
}
