import { connect, createServer, type Server, type Socket } from 'node:net'
import { clock, sleep } from './clock.ts'

type Direction = 'up' | 'down'
type Pair = { client: Socket; server: Socket; deaf: Set<Direction> }

/**
 * A TCP balancer between clients and servers that can misbehave as networks do: cut, slow down and swallow, one way
 * or both. Every new line goes to the next server that takes it. Swallowed bytes are gone, as in a one-way
 * partition, and so is what follows them: such a line is never closed and never heals, only a new one does.
 */
export class FaultProxy {
  readonly #pairs = new Set<Pair>()
  readonly #deaf = new Set<Direction>()
  #targets: number[]
  #next = 0
  #refuse = false
  #delayMs = 0
  #server: Server | undefined
  port = 0

  constructor(targets: number[]) {
    this.#targets = targets
  }

  async listen(): Promise<number> {
    const server = createServer(client => void this.#join(client))
    this.#server = server
    await new Promise<void>(done => server.listen(0, '127.0.0.1', 1024, done))
    this.port = (server.address() as { port: number }).port
    return this.port
  }

  async #join(client: Socket): Promise<void> {
    client.on('error', () => undefined)
    const server = this.#refuse ? undefined : await this.#reach()
    if (!server || client.destroyed || this.#refuse) {
      server?.destroy()
      client.destroy()
      return
    }
    client.setNoDelay()
    const deaf = new Set(this.#deaf)
    const pair = { client, server, deaf }
    this.#pairs.add(pair)
    this.#carry(client, server, () => deaf.has('up'))
    this.#carry(server, client, () => deaf.has('down'))
    // The end of a line does not get through a partition either.
    client.on('close', () => {
      if (!deaf.has('up')) server.destroy()
      this.#forget(pair)
    })
    server.on('close', () => {
      if (!deaf.has('down')) client.destroy()
      this.#forget(pair)
    })
  }

  #forget(pair: Pair): void {
    if (pair.client.destroyed && pair.server.destroyed) this.#pairs.delete(pair)
  }

  async #reach(): Promise<Socket | undefined> {
    for (let tried = 0; tried < this.#targets.length; tried++) {
      const socket = connect(this.#targets[this.#next++ % this.#targets.length] ?? 0, '127.0.0.1')
      socket.setNoDelay()
      const isOpen = await new Promise<boolean>(done => {
        socket.once('connect', () => done(true))
        socket.on('error', () => done(false))
      })
      if (isOpen) return socket
    }
    return undefined
  }

  #carry(from: Socket, to: Socket, isDeaf: () => boolean): void {
    let late = Promise.resolve()
    let dueAt = 0
    from.on('data', chunk => {
      if (isDeaf()) return
      if (this.#delayMs > 0 || dueAt > clock()) {
        const due = Math.max(dueAt, clock() + this.#delayMs)
        dueAt = due
        late = late.then(() => sleep(due - clock())).then(() => void to.write(chunk))
        return
      }
      // A reader that does not read is felt by the writer, as without us.
      if (!to.write(chunk)) from.pause()
    })
    to.on('drain', () => from.resume())
  }

  /** Cuts every line now. */
  cut(): void {
    for (const { client, server, deaf } of this.#pairs) {
      deaf.clear()
      client.resetAndDestroy()
      server.resetAndDestroy()
    }
  }

  /** Swallows everything that goes one way, on all lines that there are and that come until `heal`. */
  swallow(direction: Direction): void {
    this.#deaf.add(direction)
    for (const { deaf } of this.#pairs) deaf.add(direction)
  }

  /** Lines that lost bytes and whose client has not noticed yet. */
  deafLines(): number {
    return [...this.#pairs].filter(({ client, deaf }) => deaf.size > 0 && !client.destroyed).length
  }

  /** Carries everything so much later. */
  delay(ms: number): void {
    this.#delayMs = ms
  }

  refuse(): void {
    this.#refuse = true
    this.cut()
  }

  /** New lines work; lines that lost bytes stay lost. */
  heal(): void {
    this.#deaf.clear()
    this.#refuse = false
    this.#delayMs = 0
  }

  /** Sends new lines somewhere else and cuts the old ones. */
  moveTo(...targets: number[]): void {
    this.#targets = targets
    this.cut()
  }

  async close(): Promise<void> {
    this.#refuse = true
    this.cut()
    await new Promise(done => this.#server?.close(done))
  }
}
