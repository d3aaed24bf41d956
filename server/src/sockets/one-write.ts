import type { Server } from 'socket.io'

/** As much of an Model.IO connection as is needed here; `flush` hands what waits in `writeBuffer` to the line. */
export type Connection = {
  readyState: string
  writeBuffer: unknown[]
  flush(): void
  transport: { socket?: Line }
}
type Line = {
  bufferedAmount: number
  terminate(): void
  _socket?: { cork(): void; uncork(): void } | null
}

/**
 * Whatever is told to one connection in one turn of the event loop leaves in one write. A commit answers many at
 * once: the sender's acknowledgement and own `message:added`, an agent's messages of a whole batch. The write is
 * what telling costs most, and Model.IO makes one of each packet. Answers the connections whose last write was not
 * taken at once; who looks at them takes those out that have caught up.
 */
export function writeOnceATurn(io: Server): Set<Connection> {
  const waiting = new Set<Connection>()
  const behind = new Set<Connection>()

  function flushAll(): void {
    const connections = [...waiting]
    waiting.clear()
    for (const connection of connections) {
      flushNow(connection)
      if (isBehind(connection)) behind.add(connection)
    }
  }

  function flushLater(this: Connection): void {
    // After the promises of this turn, which is where a commit's answers are given.
    if (waiting.size === 0) process.nextTick(flushAll)
    waiting.add(this)
  }

  io.engine.on('connection', (connection: Connection) => {
    connection.flush = flushLater
  })
  return behind
}

function flushNow(connection: Connection): void {
  const socket = connection.transport.socket?._socket
  socket?.cork()
  Object.getPrototypeOf(connection).flush.call(connection)
  socket?.uncork()
}

export function isBehind({ readyState, writeBuffer, transport }: Connection): boolean {
  return readyState === 'open' && (writeBuffer.length > 0 || (transport.socket?.bufferedAmount ?? 0) > 0)
}
