import { Agent } from 'node:http'
import type { Refusal } from '@nightdesk/shared/errors.ts'
import { challenge as challengeSchema, type Proof } from '@nightdesk/shared/protocol/proof.ts'
import type {
  AskAnswer,
  AskInput,
  Asks,
  Namespace,
  Reply,
  Tell,
  Tells,
} from '@nightdesk/shared/protocol/table.ts'
import { solve } from '@nightdesk/widget/chat/proof.ts'
import { io, type Socket } from 'socket.io-client'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'

/**
 * A client that is derived from the table of its namespace, and stricter than the apps: every answer and every
 * tell must have exactly the declared shape, so that a field too many fails the test that met it (Z-4).
 */
export type Client<A extends Asks, T extends Tells> = {
  socket: Socket
  /** Everything told so far, in order. */
  told: Tell<T>[]
  /** What did not have its declared shape. */
  faults: string[]
  ask<Event extends keyof A & string>(event: Event, input: AskInput<A[Event]>): Promise<AskAnswer<A[Event]>>
  /** Asks for what must be refused; anything may be sent. */
  refused(event: string, ...args: unknown[]): Promise<Refusal>
  /** Waits until something like this was told, counting what was told already. */
  hears(match: (tell: Tell<T>) => boolean): Promise<Tell<T>>
  onTell(listener: (tell: Tell<T>) => void): void
  leave(): void
}

/** `from` is the source address; without `proves` a demand for proof of work is an error like any other. */
type Door = {
  url: string
  origin: string
  auth: object
  cookie?: string
  from?: string
  headers?: Record<string, string>
  proves?: boolean
}

const PATIENCE_MS = 5000

export async function connectClient<N extends Namespace>(
  namespace: N,
  door: Door,
): Promise<Client<N['asks'], N['tells']>> {
  type T = N['tells']
  const told: Tell<T>[] = []
  const faults: string[] = []
  const listeners = new Set<(tell: Tell<T>) => void>()

  const socket = await dialIn(door, (event, news) => {
    const schema = namespace.tells[event]
    const parsed = schema && v.safeParse(schema, news)
    if (!parsed?.success)
      faults.push(`${event}: ${JSON.stringify(parsed?.issues?.map(issue => v.getDotPath(issue)))}`)
    const tell = { event, news } as Tell<T>
    told.push(tell)
    for (const listener of listeners) listener(tell)
  })
  onTestFinished(() => {
    socket.disconnect()
    if (faults.length > 0) throw new Error(`packets without their declared shape: ${faults.join('; ')}`)
  })

  async function ask(event: string, ...args: unknown[]): Promise<Reply<unknown>> {
    return socket.timeout(PATIENCE_MS).emitWithAck(event, ...args)
  }

  return {
    socket,
    told,
    faults,
    ask: async (event, input) => {
      let reply = await ask(event, input)
      if (!reply.ok && reply.error.challenge && door.proves !== false) {
        reply = await ask(event, { ...(input as object), proof: await solveProof(reply.error.challenge) })
      }
      if (!reply.ok) throw Object.assign(new Error(`${event} was refused: ${reply.error.code}`), reply.error)
      const declared = namespace.asks[event]?.answer
      if (declared) v.parse(declared, reply.value)
      return reply.value as never
    },
    refused: async (event, ...args) => {
      const reply = await ask(event, ...args)
      if (reply.ok) throw new Error(`${event} was not refused`)
      return reply.error
    },
    hears: match => {
      const already = told.find(match)
      if (already) return Promise.resolve(already)
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('it was never told')), PATIENCE_MS)
        listeners.add(function listen(tell) {
          if (!match(tell)) return
          clearTimeout(late)
          listeners.delete(listen)
          resolve(tell)
        })
      })
    },
    onTell: listener => void listeners.add(listener),
    leave: () => void socket.disconnect(),
  }
}

/** Dials, with proof of work where it is asked for, and answers the socket when it is connected. */
async function dialIn(door: Door, onTell: (event: string, news: unknown) => void): Promise<Socket> {
  const socket = dial(door)
  socket.onAny(onTell)
  const error = await new Promise<{ data?: Refusal } | undefined>(resolve => {
    socket.once('connect', () => resolve(undefined))
    socket.once('connect_error', resolve as (error: Error) => void)
  })
  if (!error) return socket
  socket.disconnect()
  const { challenge } = error.data ?? {}
  if (!challenge || door.proves === false) throw error
  const auth = { ...door.auth, proof: await solveProof(challenge) }
  return dialIn({ ...door, auth, proves: false }, onTell)
}

/** What the server asks to be solved has exactly its declared shape. */
function solveProof(challenge: unknown): Promise<Proof> {
  return solve(
    v.parse(challengeSchema, challenge),
    () => true,
    () => undefined,
  )
}

/** A raw socket.io socket as the apps make it; nothing waits for it to connect. */
export function dial({ url, origin, auth, cookie, from, headers }: Door): Socket {
  // The client's own types leave out what Node's sockets take.
  const agent = from === undefined ? undefined : new Agent({ localAddress: from })
  return io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: { origin, ...headers, ...(cookie ? { cookie } : {}) },
    ...(agent ? { agent: agent as unknown as string } : {}),
  })
}
