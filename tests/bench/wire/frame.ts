/** WebSocket frames as a client writes them (RFC 6455, section 5): final, text, masked. */

const MASK = [0x5a, 0xc3, 0x17, 0xe8] as const

/** Any text up to 64 KiB. */
export function frameOf(text: string): Buffer {
  const bytes = Buffer.from(text)
  const header = bytes.length < 126 ? 2 : 4
  const frame = Buffer.allocUnsafe(header + 4 + bytes.length)
  frame[0] = 0x81
  if (header === 2) frame[1] = 0x80 | bytes.length
  else {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(bytes.length, 2)
  }
  for (let index = 0; index < 4; index++) frame[header + index] = MASK[index] ?? 0
  for (let index = 0; index < bytes.length; index++) {
    frame[header + 4 + index] = (bytes[index] ?? 0) ^ (MASK[index & 3] ?? 0)
  }
  return frame
}

/** The numbers of a run: nine digits as an acknowledgement, ten at the end of a key. */
export const FIRST_ACK = 100_000_000
const DIGITS = { ack: 9, key: 10 }

/**
 * `message:send` as a frame that is made once: of message after message only the number of its acknowledgement and
 * the end of its key differ, so the driver writes digits into a copy and masks nothing.
 */
export class MessageFrame {
  readonly #frame: Buffer
  readonly #start: number
  readonly #ack: number
  readonly #key: number

  /** @param keyStart the first 12 characters of every key of this run */
  constructor(namespace: string, message: { conversationId: string; keyStart: string; text: string }) {
    const { conversationId, keyStart, text } = message
    const key = `mk_${keyStart}${'0'.repeat(DIGITS.key)}`
    const data = JSON.stringify(['message:send', { conversationId, key, text }])
    const packet = `42${namespace},${FIRST_ACK}${data}`
    this.#frame = frameOf(packet)
    this.#start = this.#frame.length - Buffer.byteLength(packet)
    this.#ack = packet.indexOf(String(FIRST_ACK))
    this.#key = packet.indexOf(key) + 'mk_'.length + keyStart.length
  }

  /** The frame of the message with this number, from 0 to 899,999,999. */
  numbered(number: number): Buffer {
    const frame = Buffer.from(this.#frame)
    this.#write(frame, this.#ack, DIGITS.ack, FIRST_ACK + number)
    this.#write(frame, this.#key, DIGITS.key, number)
    return frame
  }

  #write(frame: Buffer, at: number, digits: number, number: number): void {
    let rest = number
    for (let index = at + digits - 1; index >= at; index--) {
      frame[this.#start + index] = (48 + (rest % 10)) ^ (MASK[index & 3] ?? 0)
      rest = Math.floor(rest / 10)
    }
  }
}
