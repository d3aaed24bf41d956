import { connect, createServer, type Server, type Socket } from 'node:net'

type Direction = 'up' | 'down'
type Pair = { client: Socket; server: Socket }

/**
 * A TCP proxy between clients and the server that can misbehave as networks do: cut, stall and swallow, one way
 * or both. Swallowed bytes are gone, as in a one-way partition, so the line can only heal by a new connection.
 */
export class FaultProxy {
  readonly #pairs = new Set<Pair>()
  readonly #swallow = new Set<Direction>()
  readonly #target: number
  #refuse = false
  #server: Server | undefined
  cuts = 0

  constructor(target: number) {
    this.#target = target
  }

  async listen(): Promise<number> {
    const server = createServer(client => this.#join(client))
    this.#server = server
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    return (server.address() as { port: number }).port
  }

  #join(client: Socket): void {
    if (this.#refuse) return void client.destroy()
    const server = connect(this.#target, '127.0.0.1')
    const pair = { client, server }
    this.#pairs.add(pair)
    client.on('data', chunk => this.#swallow.has('up') || server.write(chunk))
    server.on('data', chunk => this.#swallow.has('down') || client.write(chunk))
    for (const socket of [client, server]) {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        client.destroy()
        server.destroy()
        this.#pairs.delete(pair)
      })
    }
  }

  /** Cuts every line now. */
  cut(): void {
    this.cuts += this.#pairs.size
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy()
      server.resetAndDestroy()
    }
  }

  /** Swallows everything that goes one way until `heal`. */
  swallow(direction: Direction): void {
    this.#swallow.add(direction)
  }

  refuse(): void {
    this.#refuse = true
    this.cut()
  }

  heal(): void {
    this.#swallow.clear()
    this.#refuse = false
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise(done => this.#server?.close(done))
  }
}
