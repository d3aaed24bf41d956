import type { ErrorCode, Refusal } from '@nightdesk/shared/errors.ts'
import type { Challenge, Proof } from '@nightdesk/shared/protocol/proof.ts'
import type { AskAnswer, AskInput, Asks, Reply } from '@nightdesk/shared/protocol/table.ts'
import type { Socket } from 'socket.io-client'

/** `refused` is final until the page does something about `code`; the others mend themselves. */
export type Line =
  | { state: 'connecting' }
  | { state: 'connected' }
  | { state: 'lost' }
  /** The server wants proof of work, and it takes longer than a moment. */
  | { state: 'checking' }
  | { state: 'refused'; code: ErrorCode }

/** An ask that was refused, or that got no answer in time (`code` is then NOT_READY). */
export class AskError extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

export type Connection<A extends Asks> = {
  /** Asks, and waits for the answer for at most ten seconds. Throws an AskError. */
  ask<Event extends keyof A & string>(event: Event, input: AskInput<A[Event]>): Promise<AskAnswer<A[Event]>>
  retry(): void
  close(): void
}

export type OpenSocket = typeof import('./transport.ts').openSocket

type Wiring = {
  namespace: string
  /** What to show at the door; asked for again on every attempt. */
  auth: () => Promise<object>
  onTell: (tell: { event: string; news: unknown }) => void
  /** Called on every connection, the first and each one after a loss. */
  onConnect: () => void
  onLine: (line: Line) => void
  /** How a socket is opened; the library's way unless another is given. */
  openSocket?: OpenSocket | undefined
}

/** What an ask comes to when nobody answers: try again later. */
export const NO_ANSWER: Refusal = { code: 'NOT_READY', message: '', retry: 'later' }

const ANSWER_WITHIN_MS = 10_000

// Fetched beside the app, not after the first wish to connect.
let transport = import('./transport.ts')

/** The one place in the apps that knows there is a socket. */
export function connect<A extends Asks>(wiring: Wiring): Connection<A> {
  let socket: Socket | undefined
  let closed = false
  let proof: Promise<object> | undefined
  /** Work that was done to get in; shown again where none is asked for, it is ignored. */
  let shown: { proof: Proof } | undefined

  /** One question for proof at a time, however often the line is tried meanwhile. */
  function prove(done: (auth: object) => void): void {
    const { engine } = socket?.io ?? {}
    const isStale = () => socket?.connected || socket?.io.engine !== engine
    proof ??= wiring.auth().finally(() => {
      proof = undefined
    })
    proof.then(
      auth => isStale() || done({ ...auth, ...shown }),
      // Without proof there is no attempt: the library tries again by itself.
      () => isStale() || engine?.close(),
    )
  }

  function open(openSocket: OpenSocket): void {
    if (closed) return
    socket = openSocket(wiring.namespace, prove)
    socket.on('connect', () => {
      wiring.onLine({ state: 'connected' })
      wiring.onConnect()
    })
    socket.on('disconnect', reason => {
      wiring.onLine({ state: 'lost' })
      // A server that goes down says so, and the library takes that as final; for us it is a restart.
      if (reason === 'io server disconnect') reconnectSoon()
    })
    socket.on('connect_error', error => {
      const refusal = (error as { data?: Refusal }).data
      if (refusal?.challenge) {
        work(refusal.challenge).then(
          proof => {
            shown = { proof }
            reconnectSoon(0, 0)
          },
          () => reconnectSoon(),
        )
        return
      }
      if (refusal && refusal.retry !== 'later') {
        wiring.onLine({ state: 'refused', code: refusal.code })
        return
      }
      wiring.onLine({ state: 'lost' })
      // After a refusal the library does not try again by itself.
      if (refusal) reconnectSoon(refusal.retryAfterMs)
    })
    socket.onAny((event, news) => wiring.onTell({ event, news }))
  }

  function load(): void {
    transport.then(
      library => open(wiring.openSocket ?? library.openSocket),
      () => wiring.onLine({ state: 'lost' }),
    )
  }
  load()

  function reconnectSoon(wait = 500, spread = 1500): void {
    setTimeout(() => !closed && socket?.connect(), wait + Math.random() * spread)
  }

  /** Does the work that the server asks for beyond the usual. */
  const work = async (challenge: Challenge): Promise<Proof> =>
    (await import('./proof.ts')).solve(challenge, () => socket?.connected, wiring.onLine)

  return {
    ask: async (event, input) => {
      if (!socket?.connected) throw new AskError(NO_ANSWER)
      let reply: Reply<AskAnswer<A[typeof event]>>
      try {
        reply = await socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, input)
        // Once: a proof that is not taken either is not tried on and on.
        if (!reply.ok && reply.error.challenge) {
          const proof = await work(reply.error.challenge)
          reply = await socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, { ...(input as object), proof })
        }
      } catch {
        throw new AskError(NO_ANSWER)
      }
      if (!reply.ok) throw new AskError(reply.error)
      return reply.value
    },
    retry: () => {
      if (socket) {
        socket.disconnect().connect()
        return
      }
      // The library itself did not arrive.
      transport = import('./transport.ts')
      load()
    },
    close: () => {
      closed = true
      socket?.disconnect()
    },
  }
}
