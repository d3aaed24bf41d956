import type { IncomingMessage } from 'node:http'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { FastifyInstance } from 'fastify'
import type { Buckets } from '../door/buckets.ts'
import type { Rate } from '../door/rate.ts'
import { FROM_SERVERS } from './bodies.ts'

type Guard = {
  origin: string
  isOpen: () => boolean
  addressOf: (request: IncomingMessage) => string
  /** Requests of one address. */
  rate: Rate
  near: Buckets
  now: () => number
}

/** What holds for every request: headers that no page goes without, one origin, one content type, a rate. */
export function guardRequests(
  http: FastifyInstance,
  { origin, isOpen, addressOf, rate, near, now }: Guard,
): void {
  http.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
      ...(origin.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    })
    if (request.routeOptions.url === '/healthz') return
    const wait = near.take(`http:${addressOf(request.raw)}`, rate, now())
    if (wait > 0) throw new ChatError('RATE_LIMITED', { retryAfterMs: wait })
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
