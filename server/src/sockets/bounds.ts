import type { Server } from 'socket.io'
import { Decoder, Encoder, type Packet } from 'socket.io-parser'
import { type ServerOptions, WebSocketServer } from 'ws'
import { Bucket, type Rate } from '../door/rate.ts'
import { type Connection, isBehind, writeOnceATurn } from './one-write.ts'

/**
 * What one connection may cost before and after anybody has looked at it. The library leaves fragments, buffered
 * chunks, attachments and what a slow reader has not taken at generous defaults or without a bound.
 */

/** Per connection, while a message is put together; each of ours comes in one frame. */
const ASSEMBLY = { maxFragments: 16, maxBufferedChunks: 256 }
/** How long a client may take to answer a close before the line is cut; the library waits 30 s. */
const CLOSES_WITHIN = { closeTimeout: 500 }

export class BoundedWebSocketServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    super({ ...options, ...ASSEMBLY, ...CLOSES_WITHIN })
  }
}

/** Our protocol has no binary packets, so nothing waits for attachments that may never come. */
export class TextOnlyDecoder extends Decoder {
  override add(packet: unknown): void {
    const binary = typeof packet !== 'string' || packet.startsWith('5') || packet.startsWith('6')
    if (binary) throw new Error('binary packets are refused')
    super.add(packet)
  }
}

/** What may wait for one reader: more, and the line is cut; the client comes back and asks by seq. */
export const OUT_BUFFER = { packets: 500, bytes: 1024 * 1024 }
const LOOKED_AT_EVERY_MS = 250

/** The library looks through every value of every packet for binary data; we have none to find. */
export class TextOnlyEncoder extends Encoder {
  override encode({ type, nsp, id, data }: Packet): string[] {
    const namespace = nsp && nsp !== '/' ? `${nsp},` : ''
    return [`${type}${namespace}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`]
  }
}

const connectionsOf = (io: Server): Connection[] =>
  Object.values((io.engine as unknown as { clients: Record<string, Connection> }).clients)

/** How long a client may take to hang up when the server goes down. */
const HANG_UP_WITHIN_MS = 250

/**
 * Closes every connection as a lost line, not as a farewell, so that every client comes back by itself and with
 * jitter. Who does not hang up in time is cut off: a dead phone must not hold up a restart.
 */
export async function closeConnections(io: Server): Promise<void> {
  const open = connectionsOf(io).flatMap(({ transport }) => transport.socket ?? [])
  io.engine.close()
  if (open.length === 0) return
  await new Promise(resolve => setTimeout(resolve, HANG_UP_WITHIN_MS))
  for (const socket of open) socket.terminate()
}

/** Cuts readers that do not read. Answers the function that stops looking. */
export function cutSlowReaders(io: Server): () => void {
  const behind = writeOnceATurn(io)
  const timer = setInterval(() => {
    for (const connection of behind) {
      const { writeBuffer, transport } = connection
      if (!isBehind(connection)) behind.delete(connection)
      else if (writeBuffer.length > OUT_BUFFER.packets || bytesOf(transport) > OUT_BUFFER.bytes) {
        // Not a polite close: that would wait behind everything the reader has not taken.
        transport.socket?.terminate()
      }
    }
  }, LOOKED_AT_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

const bytesOf = ({ socket }: Connection['transport']): number => socket?.bufferedAmount ?? 0

/** Cuts a connection that talks on, whatever it says: no answer is owed to a flood of packets. */
export function cutChatterers(
  line: { on(event: 'data', act: () => void): unknown; close(): unknown },
  rate: Rate,
  now: () => number,
): void {
  const bucket = new Bucket(rate, now())
  line.on('data', () => {
    if (bucket.take(rate, now()) > 0) line.close()
  })
}
