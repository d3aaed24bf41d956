import { ChatError, refusal } from '@nightdesk/shared/errors.ts'
import type { Namespace, Socket } from 'socket.io'
import type { DoorSettings, Log } from './door.ts'

/**
 * Lets in who says who they are, and refuses the others with a code. A connection may try a few times and no more:
 * each attempt costs a challenge, a signature or a look into the store.
 */
export function letIn<Admitted extends Socket>(
  namespace: Pick<Namespace, 'use'>,
  { gate, log }: Pick<DoorSettings, 'gate' | 'log'>,
  admit: (socket: Admitted) => Promise<void>,
): void {
  namespace.use((socket, next) => {
    if (!gate.knock(socket.request)) {
      socket.conn.close()
      return
    }
    admit(socket as Admitted).then(
      () => {
        gate.admit(socket.request)
        next()
      },
      error => next(handshakeError(error, log)),
    )
  })
}

/** A refused handshake as socket.io carries it: the client reads `error.data` (a Refusal). */
export function handshakeError(error: unknown, log?: Log): Error {
  const known = error instanceof ChatError ? error : new ChatError('INTERNAL')
  if (known.code === 'INTERNAL') log?.error({ err: error }, 'a handshake failed')
  return Object.assign(new Error(known.code), { data: refusal(known) })
}
