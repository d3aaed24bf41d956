import type { ErrorCode } from '@nightdesk/shared/errors.ts'
import { ChatError, ERRORS, refusal } from '@nightdesk/shared/errors.ts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Fastify's own refusals in the words of our table; everything else unexpected is INTERNAL. */
const FROM_FASTIFY: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PACKET_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'INVALID_INPUT',
  FST_ERR_CTP_INVALID_JSON_BODY: 'INVALID_INPUT',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'INVALID_INPUT',
}

/** Every HTTP refusal is `{ error: { code, message, retry } }` with the status of the table. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) => answerError(new ChatError('UNKNOWN_EVENT'), request, reply))
}

export function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const known = error instanceof ChatError ? error : new ChatError(codeOf(error as FastifyError))
  const { status, retry } = ERRORS[known.code]
  if (status >= 500 && known.code !== 'NOT_READY') request.log.error({ err: error }, 'a request failed')
  if (retry === 'later') reply.header('retry-after', Math.ceil((known.detail.retryAfterMs ?? 1000) / 1000))
  // Said here too: a request that is not understood meets no hook.
  reply
    .header('x-content-type-options', 'nosniff')
    .code(status)
    .send({ error: refusal(known) })
}

function codeOf(error: FastifyError): ErrorCode {
  const known = FROM_FASTIFY[error.code]
  if (known) return known
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
    ? 'INVALID_INPUT'
    : 'INTERNAL'
}
