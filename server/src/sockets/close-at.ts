import type { Socket } from 'socket.io'

const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Closes a connection when its proof ends, as a lost line: the client comes back with new proof or is refused. */
export function closeAt(socket: Pick<Socket, 'conn' | 'on'>, expiresAt: number, now: number): void {
  const wait = Math.min(Math.max(0, expiresAt - now), LONGEST_TIMER_MS)
  const timer = setTimeout(() => socket.conn.close(), wait)
  timer.unref()
  socket.on('disconnect', () => clearTimeout(timer))
}
