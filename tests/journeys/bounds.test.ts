import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { newNightdesk, SITE } from '../support/desk.ts'

/** A WebSocket that sends frames by hand, as no library would. */
async function rawSocket(origin: string) {
  const { port, host } = new URL(origin)
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  const key = randomBytes(16).toString('base64')
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n` +
      `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n` +
      'Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
  )
  const [head] = (await once(socket, 'data')) as [Buffer]
  const closed = once(socket, 'close')
  socket.on('error', () => undefined)
  // The server's close frame (opcode 8) is its last word; a polite client hangs up then.
  socket.on('data', (chunk: Buffer) => chunk.includes(0x88) && socket.destroy())
  return {
    head: head.toString('latin1'),
    closed,
    deaf: () => void socket.removeAllListeners('data').pause(),
    /** One client frame (RFC 6455, section 5.2) with a zero mask. */
    frame(opcode: number, payload: Buffer, final = true): void {
      const length =
        payload.length < 126
          ? Buffer.from([0x80 | payload.length])
          : Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 255])
      socket.write(
        Buffer.concat([Buffer.from([(final ? 0x80 : 0) | opcode]), length, Buffer.alloc(4), payload]),
      )
    },
  }
}

const join = Buffer.from(`40/visitor,${JSON.stringify({ protocol: 1, site: SITE.id })}`)

test('[P-4] compression is not negotiated, whatever is offered', async () => {
  const { origin } = await newNightdesk()
  const { head } = await rawSocket(origin)
  expect(head).toContain('101 Switching Protocols')
  expect(head).not.toMatch(/permessage-deflate/i)
})

test('[P-3] endless fragments before anybody has said who they are close the socket', async () => {
  const { origin } = await newNightdesk()
  const raw = await rawSocket(origin)
  raw.frame(1, Buffer.from('x'), false)
  for (let index = 0; index < 40; index++) raw.frame(0, Buffer.from('x'), false)
  await raw.closed
})

test('[P-4] a binary packet closes the socket, and nothing waits for its attachments', async () => {
  const { origin } = await newNightdesk()
  const raw = await rawSocket(origin)
  raw.frame(1, join)
  raw.frame(1, Buffer.from('451-/visitor,1["message:send",{"_placeholder":true,"num":0}]'))
  await raw.closed
})

test('a reader that does not read is cut and catches up by seq when it comes back', async () => {
  const nightdesk = await newNightdesk({ rates: 'unlimited' })
  const ada = await nightdesk.visitor()
  const id = await ada.says('human')
  const sam = await nightdesk.agent('Sam')
  await sam.takes(id)
  // As a phone that went to sleep: the line stands, nobody reads.
  type Deep = { io: { engine: { transport: { ws: { _socket: { pause(): void; resume(): void } } } } } }
  const line = (ada.socket as unknown as Deep).io.engine.transport.ws._socket
  line.pause()

  const text = 'x'.repeat(4000)
  const said = 3000
  for (let index = 0; index < said; index++) await sam.replies(id, text)
  await sam.hears(tell => tell.event === 'message:added' && tell.news.seq === said + 3)

  const again = await nightdesk.visitor({ session: ada.session ?? '' })
  let last = 3
  for (let more = true; more; ) {
    const page = await again.ask('conversation:open', { conversationId: id, after: last, limit: 200 })
    last = page.messages.at(-1)?.seq ?? last
    more = page.more
  }
  expect(last).toBe(said + 3)

  // What it had not taken was thrown away with the line, not kept for it.
  const cut = new Promise(resolve => ada.socket.once('disconnect', resolve))
  line.resume()
  await cut
})

test('a client that never hangs up does not hold up the drain', async () => {
  const nightdesk = await newNightdesk()
  const { port } = new URL(nightdesk.origin)
  const raw = await rawSocket(nightdesk.origin)
  raw.frame(1, join)
  raw.deaf()
  await nightdesk.stop()
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
})
