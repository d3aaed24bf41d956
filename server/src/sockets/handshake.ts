import { ChatError, refusal } from '@nightdesk/shared/errors.ts'
import type { Log } from './door.ts'

/** A refused handshake as socket.io carries it: the client reads `error.data` (a Refusal). */
export function handshakeError(error: unknown, log?: Log): Error {
  const known = error instanceof ChatError ? error : new ChatError('INTERNAL')
  if (known.code === 'INTERNAL') log?.error({ err: error }, 'a handshake failed')
  return Object.assign(new Error(known.code), { data: refusal(known) })
}
