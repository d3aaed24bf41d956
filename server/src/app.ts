import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import { resumeBotTurns } from './chat/bot-turn.ts'
import { learnFromRatings } from './chat/learn.ts'
import type { Config } from './config.ts'
import { addressReader } from './door/address.ts'
import { Buckets } from './door/buckets.ts'
import { createProofs } from './door/proof.ts'
import { limitsFrom } from './door/settings.ts'
import { deskSessionRoutes } from './http/desk-session.ts'
import { answerError, answerErrors } from './http/errors.ts'
import { guardRequests } from './http/guard.ts'
import { type Health, healthRoutes } from './http/health.ts'
import { boundLines } from './http/lines.ts'
import { logOutRoutes } from './http/log-out.ts'
import { pageRoutes } from './http/pages.ts'
import { createSignIn } from './identity/sign-in.ts'
import { watchHeads } from './live/heads.ts'
import type { Parts } from './parts.ts'
import { agentSockets } from './sockets/agent.ts'
import { closeConnections, cutSlowReaders } from './sockets/bounds.ts'
import { endings } from './sockets/endings.ts'
import { fanOut } from './sockets/fan-out.ts'
import { createGate } from './sockets/gate.ts'
import { type AgentNamespace, createIo, type VisitorNamespace } from './sockets/io.ts'
import { visitorSockets } from './sockets/visitor.ts'

export type App = {
  http: FastifyInstance
  /** Opens the doors; until then `/healthz` and every handshake answer that it is not ready. */
  open(): Promise<void>
  /** Closes the doors, lets what is under way finish, waits `drainMs`, then closes everything. */
  drain(drainMs: number): Promise<void>
}

/** People and addresses that this node counts by itself. */
const REMEMBERED_NEAR = 100_000

/** The composition root: what Nightdesk consists of. */
export async function createApp(
  config: Config,
  parts: Parts,
  log: FastifyBaseLogger,
  settings = limitsFrom(config),
): Promise<App> {
  const { limits, now } = parts
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
    bodyLimit: 32 * 1024,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
    requestTimeout: settings.http.requestMs,
    connectionTimeout: settings.http.idleMs,
    keepAliveTimeout: settings.http.idleMs,
    maxRequestsPerSocket: 100,
    forceCloseConnections: true,
    // Node looks for slow talkers every 30 s unless told otherwise.
    http: {
      maxHeaderSize: 16 * 1024,
      headersTimeout: settings.http.headersMs,
      connectionsCheckingInterval: 500,
    },
  })
  http.server.maxConnections = settings.sockets.total
  const addresses = addressReader(config.trustProxy)
  boundLines(http.server, settings.http, addresses.isProxy)
  const near = new Buckets(REMEMBERED_NEAR)
  answerErrors(http)
  const { origin } = config.publicUrl
  guardRequests(http, { origin, isOpen, addressOf: addresses.of, rate: settings.http.request, near, now })

  await http.register(healthRoutes(health))
  await http.register(pageRoutes({ config, bot: parts.bot }))
  await http.register(logOutRoutes(config.sites, parts), { prefix: '/api/visitors' })
  await http.register(
    deskSessionRoutes({
      signIn,
      limits,
      rates: settings.signIn,
      addressOf: addresses.of,
      secretKey: config.secretKey,
    }),
    { prefix: '/api/desk' },
  )

  const gate = createGate({ settings, addressOf: addresses.of, now })
  const io = createIo(http.server, { origin, isOpen, gate, packet: settings.sockets.packet, now })
  const stopCutting = cutSlowReaders(io)
  const visitors: VisitorNamespace = io.of('/visitor')
  const agents: AgentNamespace = io.of('/agent')
  const { secretKey } = config
  const proofs = createProofs({ secretKey, now, limits })
  const counters = { limits, near, now }
  const door = { log, secretKey, now, settings, counters, gate, proofs, isOpen }
  let draining: Promise<void> | undefined
  const { end, stop: stopEndings } = endings(parts, visitors, agents)
  const stopFanOut = fanOut(parts, { visitors, agents }, end)
  const siteIds = config.sites.map(site => site.id)
  let stopLearning = () => {}
  const stopHeads = watchHeads(parts.store, parts.live, config.redisUrl ? 1000 : 200, parts.onError)
  visitorSockets(visitors, parts, door, config.sites)
  agentSockets(agents, parts, door, signIn)

  return {
    http,
    open: async () => {
      stopLearning = learnFromRatings(parts, siteIds)
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
    stopLearning()
    stopEndings()
    stopFanOut()
    await stopHeads()
    await parts.live.close()
    stopCutting()
    await parts.store.close()
  }
}
