import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Socket as Line } from 'node:net'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { AgentAskEvents, AgentTellEvents } from '@nightdesk/shared/protocol/agent.ts'
import type { VisitorAskEvents, VisitorTellEvents } from '@nightdesk/shared/protocol/visitor.ts'
import type { Namespace, Socket } from 'socket.io'
import { Server } from 'socket.io'
import type { Rate } from '../door/rate.ts'
import type { DeskSession } from '../identity/sign-in.ts'
import type { VisitorSession } from '../identity/visitor-session.ts'
import { BoundedWebSocketServer, cutChatterers, TextOnlyDecoder, TextOnlyEncoder } from './bounds.ts'
import type { Gate } from './gate.ts'
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

type Options = { origin: string; isOpen: () => boolean; gate: Gate; packet: Rate; now: () => number }

/**
 * The socket server: WebSocket only, so that every connection passes the one Origin check below and no node
 * needs sticky sessions. socket.io's `cors` does not cover WebSocket and its `allowRequest` is not called for
 * every request, hence the check in the engine's own middleware, which is, and before the WebSocket handshake.
 */
export function createIo(http: HttpServer, { origin, isOpen, gate, packet, now }: Options): Server {
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
    destroyUpgradeTimeout: 1,
    wsEngine: BoundedWebSocketServer,
    parser: { Encoder: TextOnlyEncoder, Decoder: TextOnlyDecoder },
  })
  io.engine.use((request: IncomingMessage, _response: unknown, next: (error?: Error) => void) => {
    if (request.headers.origin !== origin) return next(new Error('ORIGIN_REFUSED'))
    if (!isOpen()) return next(new Error('NOT_READY'))
    const wait = request.headers.upgrade === undefined ? 0 : gate.dial(request)
    if (wait > 0) return refuseDial(request.socket, wait)
    next()
  })
  io.engine.on('connection', line => cutChatterers(line, packet, now))
  // Nobody lives in the default namespace.
  io.use((_socket, next) => next(handshakeError(new ChatError('UNKNOWN_EVENT'))))
  return io
}

/** Said with as few bytes and as little work as HTTP allows; `wait` in milliseconds. */
function refuseDial(line: Line, wait: number): void {
  const seconds = Math.ceil(wait / 1000)
  line.write(
    `HTTP/1.1 429 Too Many Requests\r\nRetry-After: ${seconds}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  )
  line.destroySoon()
}
