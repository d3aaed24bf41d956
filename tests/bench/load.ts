import { randomText } from '@nightdesk/shared/ids.ts'
import { sleep } from './numbers.ts'
import { MessageFrame } from './wire/frame.ts'
import type { Hears, Line, Namespace } from './wire/line.ts'

/** 200 characters, as people write them. */
export const TEXT =
  'I sent 0.25 BTC from my cold wallet this morning, the explorer shows 14 confirmations by now and my balance is still the same as yesterday. Could somebody please look where my deposit is? Thank you very much'.slice(
    0,
    200,
  )

/** What one phase of load gave; latencies in milliseconds from the write of a message. */
export type Taken = {
  seconds: number
  accepted: number
  delivered: number
  ack: number[]
  delivery: number[]
}

type Sender = { line: Line; namespace: Namespace; frames: MessageFrame[]; sent: number }

const RING = 1 << 20
const PATIENCE_MS = 10_000

/**
 * Numbered messages from many lines, each timed from its write to its acknowledgement and to its arrival on the
 * other side; the echo to the sender's own tabs does not count.
 */
export class Load implements Hears {
  readonly #senders: Sender[] = []
  readonly #keyStart = randomText(9)
  readonly #sentAt = new Float64Array(RING)
  readonly #sender = new Int32Array(RING)
  #number = 0
  #acked = 0
  #added = 0
  #refills = false
  #taken: Taken | undefined

  /** Lets a line write into these conversations, one after another. */
  add(line: Line, namespace: Namespace, conversations: readonly string[]): void {
    const frames = conversations.map(
      conversationId => new MessageFrame(namespace, { conversationId, keyStart: this.#keyStart, text: TEXT }),
    )
    this.#senders.push({ line, namespace, frames, sent: 0 })
  }

  acked(number: number): void {
    this.#acked++
    const sender = this.#sender[number % RING] ?? 0
    if (this.#taken) {
      this.#taken.accepted++
      this.#taken.ack.push(performance.now() - (this.#sentAt[number % RING] ?? 0))
    }
    if (this.#refills) this.#send(sender)
  }

  added(number: number, by: Namespace): void {
    if (this.#senders[this.#sender[number % RING] ?? 0]?.namespace === by) return
    this.#added++
    if (!this.#taken) return
    this.#taken.delivered++
    this.#taken.delivery.push(performance.now() - (this.#sentAt[number % RING] ?? 0))
  }

  /** As many as the server takes: every sender writes again when it is answered. */
  async saturate(seconds: number, meter: () => number): Promise<Taken & { cpu: number }> {
    this.#refills = true
    for (let sender = 0; sender < this.#senders.length; sender++) this.#send(sender)
    await sleep(Math.min(500, seconds * 250))
    const measured = await this.#take(seconds, meter)
    this.#refills = false
    await this.#settle()
    return measured
  }

  /** So many a second, whatever the server does. */
  async pace(perSecond: number, seconds: number, meter: () => number): Promise<Taken & { cpu: number }> {
    const start = performance.now()
    let sent = 0
    const writing = setInterval(() => {
      const due = ((performance.now() - start) / 1000) * perSecond
      for (; sent < due; sent++) this.#send(this.#number % this.#senders.length)
    }, 1)
    await sleep(Math.min(500, seconds * 250))
    const measured = await this.#take(seconds, meter)
    clearInterval(writing)
    await this.#settle()
    return measured
  }

  async #take(seconds: number, meter: () => number): Promise<Taken & { cpu: number }> {
    const taken: Taken = { seconds: 0, accepted: 0, delivered: 0, ack: [], delivery: [] }
    const [before, start] = [meter(), performance.now()]
    this.#taken = taken
    await sleep(seconds * 1000)
    this.#taken = undefined
    taken.seconds = (performance.now() - start) / 1000
    return { ...taken, cpu: meter() - before }
  }

  #send(index: number): void {
    const sender = this.#senders[index]
    const frame = sender?.frames[sender.sent++ % sender.frames.length]
    if (!sender || !frame) return
    const number = this.#number++
    this.#sentAt[number % RING] = performance.now()
    this.#sender[number % RING] = index
    sender.line.write(frame.numbered(number))
  }

  /** Nothing may be missing at the end: a server that drops messages has not been fast. */
  async #settle(): Promise<void> {
    const since = Date.now()
    while (this.#acked < this.#number || this.#added < this.#number) {
      if (Date.now() - since > PATIENCE_MS) {
        throw new Error(`of ${this.#number} messages ${this.#acked} were accepted, ${this.#added} arrived`)
      }
      await sleep(5)
    }
  }
}
