import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** A socket.io client in as few instructions as it takes, so that a driver does not measure itself. */
export type RawSocket = {
  /** `42/visitor,7["event",{}]` and its like. */
  send(packet: string): void
  pause(): void
  close(): void
}

type Wiring = {
  port: number
  from: string
  /** The server's answer to the dial: 101, 429 or another; 0 when the line broke before. */
  onAnswer: (status: number) => void
  onPacket?: (packet: string) => void
  onClose?: () => void
}

export function rawSocket({ port, from, onAnswer, onPacket, onClose }: Wiring): RawSocket {
  const line: Socket = connect({ port, host: '127.0.0.1', localAddress: from, noDelay: true })
  let status = 0
  let rest: Buffer = Buffer.alloc(0)
  const write = (packet: string) => {
    if (line.writable) line.write(textFrame(packet))
  }
  line.once('connect', () => {
    line.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost:${port}\r\n` +
        `Origin: http://localhost:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n\r\n`,
    )
  })
  line.on('error', () => undefined)
  line.on('close', () => {
    if (status === 0) onAnswer(0)
    onClose?.()
  })
  line.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (status === 0) {
      const end = rest.indexOf('\r\n\r\n')
      if (end < 0) return
      status = Number(rest.toString('latin1', 9, 12))
      rest = rest.subarray(end + 4)
      onAnswer(status)
    }
    if (status !== 101) return
    for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
      rest = rest.subarray(frame.size)
      if (frame.opcode === 8) line.destroy()
      // engine.io's ping and pong.
      else if (frame.text === '2') write('3')
      else onPacket?.(frame.text)
    }
  })
  return { send: write, pause: () => void line.pause(), close: () => void line.destroy() }
}

const KEY = randomBytes(16).toString('base64')

/** One client frame (RFC 6455, section 5.2) with a zero mask; texts of less than 64 KiB. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const { length } = payload
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0x80 | 126, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), Buffer.alloc(4), payload])
}

/** The first whole server frame, which has no mask. */
function readFrame(bytes: Buffer): { opcode: number; text: string; size: number } | undefined {
  if (bytes.length < 2) return undefined
  const short = (bytes[1] ?? 0) & 127
  const start = short === 126 ? 4 : short === 127 ? 10 : 2
  if (bytes.length < start) return undefined
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short
  if (bytes.length < start + length) return undefined
  return {
    opcode: (bytes[0] ?? 0) & 15,
    text: bytes.toString('utf8', start, start + length),
    size: start + length,
  }
}
