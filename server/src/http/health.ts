import type { FastifyPluginCallback } from 'fastify'

/** Whether this process should get traffic: not yet, now, no more. */
export type Readiness = 'starting' | 'ready' | 'draining'

export type Health = { state: Readiness }

/** `GET /healthz`: 200 when ready to serve, 503 before and while draining. */
export function healthRoutes(health: Health): FastifyPluginCallback {
  return (app, _options, done) => {
    app.get('/healthz', { logLevel: 'silent' }, (_request, reply) =>
      reply
        .code(health.state === 'ready' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: health.state }),
    )
    done()
  }
}
