import { ChatError, refusal } from '@nightdesk/shared/errors.ts'
import type { Asks, Handlers, Reply } from '@nightdesk/shared/protocol/table.ts'
import type { Socket } from 'socket.io'
import { parseInput } from '../door/input.ts'
import type { Log } from './door.ts'

type Door<Who> = {
  who: Who
  log: Log
  /** Counts an ask. Answers 0, or the milliseconds to wait. */
  waitFor: (event: string) => Promise<number>
  isOpen: () => boolean
}

/**
 * The one inbound door of a socket: rate → known event → schema → handler → reply. Behind it types are
 * believed and code stays calm; before it nothing is. Every ask gets an answer, and no text is logged.
 */
export function serve<A extends Asks, Who>(
  socket: Socket,
  asks: A,
  handlers: Handlers<A, Who>,
  door: Door<Who>,
): void {
  async function answer(event: string, args: unknown[]): Promise<unknown> {
    const wait = await door.waitFor(event)
    if (wait > 0) throw new ChatError('RATE_LIMITED', { retryAfterMs: wait })
    const ask = Object.hasOwn(asks, event) ? asks[event] : undefined
    if (!ask) throw new ChatError('UNKNOWN_EVENT')
    if (args.length !== 1) throw new ChatError('INVALID_INPUT')
    const input = parseInput(ask.input, args[0])
    if (!door.isOpen()) throw new ChatError('NOT_READY', { retryAfterMs: 1000 })
    const handler = handlers[event] as (who: Who, input: unknown) => Promise<unknown>
    return handler(door.who, input)
  }

  socket.onAny((event: string, ...args: unknown[]) => {
    const reply =
      typeof args.at(-1) === 'function' ? (args.pop() as (answer: Reply<unknown>) => void) : undefined
    answer(event, args).then(
      value => reply?.({ ok: true, value }),
      (error: unknown) => {
        const known = error instanceof ChatError ? error : new ChatError('INTERNAL')
        if (known.code === 'INTERNAL' || known.code === 'STORE_UNAVAILABLE') {
          door.log.error({ event, err: error, cause: known.cause }, 'an ask failed')
        } else door.log.debug({ event, code: known.code }, 'an ask was refused')
        reply?.({ ok: false, error: refusal(known) })
      },
    )
  })
}
