import { connect, type Socket } from 'node:net'
import { FIRST_ACK, frameOf } from './frame.ts'

export type Namespace = '/visitor' | '/agent'

/** Who hears what a line is told in answer to numbered messages. */
export type Hears = {
  acked(number: number): void
  /** @param by the namespace of the line that was told */
  added(number: number, by: Namespace): void
}

export type Door = { port: number; origin: string; namespace: Namespace; auth: object; cookie?: string }

const KEY = Buffer.from('"key":"mk_')
const CODE = { '0': 48, '2': 50, '3': 51, '4': 52, t: 116 }

/**
 * One connection as cheap as a driver needs it beside the server it measures: it speaks as much WebSocket, Model.IO
 * and Socket.IO as the load uses, and looks into packets only as far as it must.
 * https://socket.io/docs/v4/engine-io-protocol/ and https://socket.io/docs/v4/socket-io-protocol/
 */
export class Line {
  readonly #door: Door
  readonly #hears: Hears | undefined
  readonly #socket: Socket
  readonly #answers = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  #rest: Buffer | undefined
  #upgraded = false
  #asked = 0
  #entering: { resolve(): void; reject(error: Error): void } | undefined
  /** Set when the line was lost without being left. */
  lost = false

  private constructor(door: Door, hears: Hears | undefined) {
    this.#door = door
    this.#hears = hears
    const onread = {
      buffer: SHARED,
      callback: (bytes: number) => {
        this.#read(SHARED.subarray(0, bytes))
        return true
      },
    }
    this.#socket = connect({ port: door.port, host: '127.0.0.1', noDelay: true, onread })
    this.#socket.on('error', error => this.#lose(error))
    this.#socket.on('close', () => this.#lose(new Error('the line was closed')))
    this.#socket.write(upgradeOf(door))
  }

  /** Opens a line and enters its namespace. */
  static async open(door: Door, hears?: Hears): Promise<Line> {
    const line = new Line(door, hears)
    await new Promise<void>((resolve, reject) => {
      line.#entering = { resolve, reject }
    })
    return line
  }

  /** Asks anything but numbered messages and waits for the value. */
  ask(event: string, input: object): Promise<unknown> {
    const id = this.#asked++
    this.#socket.write(frameOf(`42${this.#door.namespace},${id}${JSON.stringify([event, input])}`))
    return new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }))
  }

  write(frame: Buffer): void {
    this.#socket.write(frame)
  }

  leave(): void {
    this.#socket.removeAllListeners('close')
    this.#socket.destroy()
  }

  #lose(error: Error): void {
    this.lost = true
    this.#entering?.reject(error)
    for (const { reject } of this.#answers.values()) reject(error)
    this.#answers.clear()
  }

  #read(bytes: Buffer): void {
    const all = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes
    let at = this.#upgraded ? 0 : this.#upgrade(all)
    while (this.#upgraded && all.length - at >= 2) {
      const length = (all[at + 1] ?? 0) & 127
      const header = length < 126 ? 2 : length === 126 ? 4 : 10
      if (all.length - at < header) break
      const size =
        header === 2 ? length : header === 4 ? all.readUInt16BE(at + 2) : Number(all.readBigUInt64BE(at + 2))
      const start = at + header
      if (all.length < start + size) break
      this.#hear(all, start, start + size)
      at = start + size
    }
    this.#rest = at < all.length ? Buffer.from(all.subarray(at)) : undefined
  }

  /** Answers where the frames begin. */
  #upgrade(all: Buffer): number {
    const end = all.indexOf('\r\n\r\n')
    if (end < 0) return 0
    if (!all.subarray(0, 12).equals(SWITCHED)) {
      this.#lose(new Error(all.toString('latin1')))
      return all.length
    }
    this.#upgraded = true
    return end + 4
  }

  #hear(all: Buffer, start: number, end: number): void {
    if (all[start] === CODE['2']) return void this.#socket.write(PONG)
    if (all[start] === CODE['0']) {
      const { namespace, auth } = this.#door
      return void this.#socket.write(frameOf(`40${namespace},${JSON.stringify(auth)}`))
    }
    if (all[start] !== CODE['4']) return
    const data = start + 2 + this.#door.namespace.length + 1
    if (all[start + 1] === CODE['2']) this.#told(all, data, end)
    else if (all[start + 1] === CODE['3']) this.#answered(all, data, end)
    else if (all[start + 1] === CODE['0']) this.#entering?.resolve()
    else this.#entering?.reject(new Error(all.toString('utf8', start, end)))
  }

  #told(all: Buffer, data: number, end: number): void {
    if (!this.#hears) return
    const key = all.indexOf(KEY, data)
    if (key < 0 || key >= end) return
    const digits = key + KEY.length + 12
    this.#hears.added(numberAt(all, digits, digits + 10), this.#door.namespace)
  }

  #answered(all: Buffer, data: number, end: number): void {
    const bracket = all.indexOf('[', data)
    const id = numberAt(all, data, bracket)
    // `[{"ok":true…`: the seventh character after the bracket tells.
    const ok = all[bracket + 7] === CODE.t
    if (id >= FIRST_ACK && ok) {
      this.#hears?.acked(id - FIRST_ACK)
      return
    }
    const said = all.toString('utf8', bracket, end)
    const answer = this.#answers.get(id)
    if (!answer) throw new Error(`a message was refused: ${said}`)
    this.#answers.delete(id)
    if (ok) answer.resolve((JSON.parse(said) as [{ value: unknown }])[0].value)
    else answer.reject(new Error(said))
  }
}

/** Every read is finished with before the next one, so all lines share one buffer. */
const SHARED = Buffer.allocUnsafe(64 * 1024)
const SWITCHED = Buffer.from('HTTP/1.1 101')
const PONG = frameOf('3')

function upgradeOf({ origin, cookie }: Door): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: ${new URL(origin).host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: bmlnaHRkZXNrLWJlbmNoIQ==',
    `Origin: ${origin}`,
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
    'Accept-Language: en-GB,en;q=0.9',
    ...(cookie ? [`Cookie: ${cookie}`] : []),
    '\r\n',
  ].join('\r\n')
}

function numberAt(bytes: Buffer, from: number, to: number): number {
  let number = 0
  for (let index = from; index < to; index++) number = number * 10 + (bytes[index] ?? 0) - 48
  return number
}
