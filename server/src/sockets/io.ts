import type { Server as HttpServer } from 'node:http'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { AgentAskEvents, AgentTellEvents } from '@nightdesk/shared/protocol/agent.ts'
import type { VisitorAskEvents, VisitorTellEvents } from '@nightdesk/shared/protocol/visitor.ts'
import type { Namespace, Socket } from 'socket.io'
import { Server } from 'socket.io'
import type { DeskSession } from '../identity/sign-in.ts'
import type { VisitorSession } from '../identity/visitor-session.ts'
import { BoundedWebSocketServer, TextOnlyDecoder, TextOnlyEncoder } from './bounds.ts'
import { handshakeError } from './handshake.ts'

type None = Record<string, never>
export type VisitorNamespace = Namespace<
  VisitorAskEvents,
  VisitorTellEvents,
  None,
  { session: VisitorSession }
>
export type VisitorSocket = Socket<VisitorAskEvents, VisitorTellEvents, None, { session: VisitorSession }>
export type AgentNamespace = Namespace<AgentAskEvents, AgentTellEvents, None, { session: DeskSession }>
export type AgentSocket = Socket<AgentAskEvents, AgentTellEvents, None, { session: DeskSession }>

/** Largest packet; a larger one closes the socket with WebSocket code 1009 (PACKET_TOO_LARGE). */
export const PACKET_LIMIT = 32 * 1024

/**
 * The socket server: WebSocket only, so that every connection passes the one Origin check below and no node
 * needs sticky sessions. socket.io's `cors` does not cover WebSocket and its `allowRequest` is not called for
 * every request, hence the check in the engine's own middleware, which is.
 */
export function createIo(http: HttpServer, options: { origin: string; isOpen: () => boolean }): Server {
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    allowUpgrades: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: PACKET_LIMIT,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    connectTimeout: 5_000,
    destroyUpgrade: true,
    wsEngine: BoundedWebSocketServer,
    parser: { Encoder: TextOnlyEncoder, Decoder: TextOnlyDecoder },
  })
  io.engine.use(
    (request: { headers: { origin?: string } }, _response: unknown, next: (error?: Error) => void) => {
      if (request.headers.origin !== options.origin) return next(new Error('ORIGIN_REFUSED'))
      if (!options.isOpen()) return next(new Error('NOT_READY'))
      next()
    },
  )
  // Nobody lives in the default namespace.
  io.use((_socket, next) => next(handshakeError(new ChatError('UNKNOWN_EVENT'))))
  return io
}
