import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { Buckets } from '../door/buckets.ts'
import type { LimitSettings } from '../door/settings.ts'

type Options = {
  settings: Pick<LimitSettings, 'sockets' | 'dial'>
  addressOf: (request: IncomingMessage) => string
  now: () => number
}

/** What is known of a connection before anybody has said who they are. */
export type Gate = {
  /** Counts a dial. Answers 0 when it may go on, else the milliseconds to wait. */
  dial(request: IncomingMessage): number
  /** Counts an attempt to say who one is. Answers false when it is one too many on this connection. */
  knock(request: IncomingMessage): boolean
  /** Who dialled has said who they are. */
  admit(request: IncomingMessage): void
  /** Open connections of the address from which this one came, itself among them. */
  open(request: IncomingMessage): number
  addressOf(request: IncomingMessage): string
}

/** Addresses whose rate of dials is remembered; each is about 200 bytes. */
const REMEMBERED = 50_000
/** A client is refused once for want of proof and comes back on a new connection; who asks on and on is no client. */
const KNOCKS = 3
/** A count goes down when somebody leaves; nobody knows when that is. */
const FULL_WAIT_MS = 5000

/**
 * The cheapest no: counts dials and connections in this process, before the WebSocket handshake, without a promise
 * and without a word to the store or Redis. Each address always has a few dials of its own; what it wants beyond
 * that it shares with everybody, so that a flood eats the spare and never what is another address's own.
 */
export function createGate({ settings: { sockets, dial }, addressOf, now }: Options): Gate {
  const dials = new Buckets(REMEMBERED)
  const spare = new Buckets(1)
  const counts = new Map<string, { open: number; unknown: number }>()
  const unknown = new WeakSet<IncomingMessage>()
  const knocks = new WeakMap<IncomingMessage, number>()

  function waitFor(address: string): number {
    const count = counts.get(address)
    if (count && count.open >= sockets.perAddress.most) return FULL_WAIT_MS
    if (count && count.unknown >= sockets.unknownPerAddress) return FULL_WAIT_MS
    const wait = dials.take(address, dial.own, now())
    if (wait === 0 || spare.take('', dial.spare, now()) === 0) return 0
    return wait
  }

  function enter(address: string, request: IncomingMessage): void {
    const count = counts.get(address) ?? { open: 0, unknown: 0 }
    counts.set(address, count)
    count.open += 1
    count.unknown += 1
    unknown.add(request)
    // The line itself, which always closes, whatever becomes of what is spoken on it.
    const line: Duplex = request.socket
    line.once('close', () => {
      admit(request, count)
      count.open -= 1
      if (count.open === 0) counts.delete(address)
    })
  }

  function admit(request: IncomingMessage, count = counts.get(addressOf(request))): void {
    if (count && unknown.delete(request)) count.unknown -= 1
  }

  return {
    dial: request => {
      const address = addressOf(request)
      const wait = waitFor(address)
      if (wait === 0) enter(address, request)
      return wait
    },
    knock: request => {
      const knocked = (knocks.get(request) ?? 0) + 1
      knocks.set(request, knocked)
      return knocked <= KNOCKS
    },
    admit: request => admit(request),
    open: request => counts.get(addressOf(request))?.open ?? 0,
    addressOf,
  }
}
