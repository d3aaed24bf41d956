import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What no library would do: sockets and requests by hand, from any address of this machine. */

type Way = { from?: string; headers?: Record<string, string> }

/** Dials as a browser does, up to the server's answer to the upgrade. */
export async function knock(
  origin: string,
  { from, headers = {} }: Way = {},
): Promise<{
  status: number
  retryAfter: number
  line: Socket
}> {
  const { port, host } = new URL(origin)
  const line = connect({ port: Number(port), host: '127.0.0.1', ...(from ? { localAddress: from } : {}) })
  line.on('error', () => undefined)
  onTestFinished(() => void line.destroy())
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  line.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n` +
      `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${more.join('')}\r\n`,
  )
  const [head] = (await once(line, 'data')) as [Buffer]
  const text = head.toString('latin1')
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]),
    retryAfter: Number(/retry-after: (\d+)/i.exec(text)?.[1]),
    line,
  }
}

/** One client frame (RFC 6455, section 5.2) with a zero mask; texts of less than 64 KiB. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const { length } = payload
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0x80 | 126, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), Buffer.alloc(4), payload])
}

export type Answer = { status: number; retryAfter: number; cookies: string[]; body: string }

/** A request with nothing but what it is given. */
export async function ask(
  url: string,
  { from, headers = {}, method = 'GET', body }: Way & { method?: string; body?: object } = {},
): Promise<Answer> {
  const { port, pathname, origin } = new URL(url)
  const sent = request({
    host: '127.0.0.1',
    port,
    path: pathname,
    method,
    agent: false,
    ...(from ? { localAddress: from } : {}),
    headers: { origin, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
  })
  sent.end(body ? JSON.stringify(body) : undefined)
  const [answer] = await once(sent, 'response')
  let text = ''
  for await (const chunk of answer) text += chunk
  return {
    status: answer.statusCode,
    retryAfter: Number(answer.headers['retry-after']),
    cookies: answer.headers['set-cookie'] ?? [],
    body: text,
  }
}

/** A proxy as small as one can be: adds who asked to X-Forwarded-For and passes everything on. */
export async function tinyProxy(port: number): Promise<number> {
  const lines = new Set<Socket>()
  const proxy = createServer()
  const passOn = (from: Socket, head: string[], method: string, path: string): Socket => {
    const inner = connect(port, '127.0.0.1')
    const headers: string[] = []
    let forwarded = ''
    for (let index = 0; index < head.length; index += 2) {
      const [name = '', value = ''] = head.slice(index, index + 2)
      if (name.toLowerCase() === 'x-forwarded-for') forwarded += `${value}, `
      else headers.push(`${name}: ${value}`)
    }
    headers.push(`X-Forwarded-For: ${forwarded}${from.remoteAddress}`)
    inner.write(`${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
    for (const line of [inner, from]) lines.add(line.on('error', () => undefined))
    inner.on('close', () => from.destroy())
    from.on('close', () => inner.destroy())
    return inner
  }
  proxy.on('upgrade', (asked, line: Socket) => {
    const inner = passOn(line, asked.rawHeaders, asked.method ?? '', asked.url ?? '')
    inner.pipe(line)
    line.pipe(inner)
  })
  proxy.on('request', (asked, answer) => {
    const inner = passOn(asked.socket, asked.rawHeaders, asked.method ?? '', asked.url ?? '')
    asked.pipe(inner)
    inner.pipe(asked.socket)
    answer.detachSocket(asked.socket)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  onTestFinished(() => {
    for (const line of lines) line.destroy()
    proxy.close()
  })
  return (proxy.address() as { port: number }).port
}
