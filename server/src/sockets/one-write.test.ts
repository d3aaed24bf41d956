import { EventEmitter } from 'node:events'
import type { Server } from 'socket.io'
import { expect, test } from 'vitest'
import { type Connection, isBehind, writeOnceATurn } from './one-write.ts'

/** Model.IO as far as it matters: a packet is flushed when it is sent, one write each unless the line is corked. */
class Model implements Connection {
  readyState = 'open'
  writeBuffer: unknown[] = []
  writes: unknown[][] = []
  takes = true
  #corked: unknown[] | undefined
  transport = {
    socket: {
      bufferedAmount: 0,
      terminate: () => undefined,
      _socket: {
        cork: () => {
          this.#corked = []
        },
        uncork: () => {
          if (this.#corked?.length) this.writes.push(this.#corked)
          this.#corked = undefined
        },
      },
    },
  }
  flush(): void {
    if (!this.takes) return
    for (const packet of this.writeBuffer.splice(0)) {
      if (this.#corked) this.#corked.push(packet)
      else this.writes.push([packet])
    }
  }
  send(packet: unknown): void {
    this.writeBuffer.push(packet)
    this.flush()
  }
}

function connected() {
  const engine = new EventEmitter()
  const behind = writeOnceATurn({ engine } as unknown as Server)
  const connection = new Model()
  engine.emit('connection', connection)
  return { connection, behind }
}

const turn = () => new Promise(setImmediate)

test('what is told in one turn of the event loop leaves in one write, in order', async () => {
  const { connection } = connected()
  connection.send('ack')
  await Promise.resolve().then(() => connection.send('message'))
  expect(connection.writes).toEqual([])
  await turn()
  connection.send('later')
  await turn()
  expect(connection.writes).toEqual([['ack', 'message'], ['later']])
})

test('a reader that does not take what it is told is behind, until it has taken it', async () => {
  const { connection, behind } = connected()
  connection.send('taken')
  await turn()
  expect([...behind]).toEqual([])
  connection.takes = false
  connection.send('waits')
  await turn()
  expect([...behind]).toEqual([connection])
  expect(isBehind(connection)).toBe(true)
  connection.writeBuffer = []
  expect(isBehind(connection)).toBe(false)
})
