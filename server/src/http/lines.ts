import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { LimitSettings } from '../door/settings.ts'

/**
 * TCP connections of one address at a time, before a byte of HTTP is read: slow talkers take their own places and
 * nobody else's. A proxy's lines carry many people and are the proxy's to count.
 */
export function boundLines(
  server: Server,
  { linesPerAddress }: LimitSettings['http'],
  isProxy: (peer: string) => boolean,
): void {
  const open = new Map<string, number>()
  server.on('connection', (line: Socket) => {
    const peer = line.remoteAddress
    if (peer === undefined || isProxy(peer)) return
    const before = open.get(peer) ?? 0
    if (before >= linesPerAddress) {
      line.destroy()
      return
    }
    open.set(peer, before + 1)
    line.once('close', () => {
      const left = (open.get(peer) ?? 1) - 1
      if (left > 0) open.set(peer, left)
      else open.delete(peer)
    })
  })
}
