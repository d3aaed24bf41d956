import type { Ending } from '../live/live.ts'
import type { Parts } from '../parts.ts'
import type { AgentNamespace, VisitorNamespace } from './io.ts'
import { rooms } from './rooms.ts'

/** How often each node looks for proofs that have ended elsewhere, whether or not anybody told it (S-1). */
const LOOKED_AT_EVERY_MS = 500
/** Clocks of nodes may differ by so much. */
const SKEW_MS = 60_000

/** Cuts the connections whose proof is worth nothing any more: at once when told, else at the next look. */
export function endings(parts: Parts, visitors: VisitorNamespace, agents: AgentNamespace) {
  function end(ending: Ending): void {
    if (ending.kind === 'signed-out') agents.in(rooms.session(ending.session)).disconnectSockets(true)
    else cutVisitor(ending)
  }

  function cutVisitor({ visitorId, at }: Ending & { kind: 'logged-out' }): void {
    for (const id of visitors.adapter.rooms.get(rooms.visitor(visitorId)) ?? []) {
      const socket = visitors.sockets.get(id)
      // An identity that was signed since then is good. An anonymous visitor is never logged out, only adopted.
      if (socket && (socket.data.session.signedAt ?? 0) < at) socket.conn.close()
    }
  }

  let lookedAt = parts.now()
  async function look(): Promise<void> {
    const at = parts.now()
    const held = new Set([...agents.sockets.values()].map(socket => socket.data.session.id))
    const good = held.size > 0 ? await parts.store.deskSessionsOf([...held], parts.now()) : held
    for (const session of held) if (!good.has(session)) end({ kind: 'signed-out', session })
    // Back to the last look that the store answered, however long it was away.
    const gone = visitors.sockets.size > 0 ? await parts.store.goneSince(lookedAt - SKEW_MS) : []
    for (const one of gone) end({ kind: 'logged-out', visitorId: one.id, at: one.at })
    lookedAt = at
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  async function lookOn(): Promise<void> {
    // A store that does not answer refuses writes anyway; the next look finds what this one could not.
    await look().catch(() => {})
    if (stopped) return
    timer = setTimeout(() => void lookOn(), LOOKED_AT_EVERY_MS)
    timer.unref()
  }
  void lookOn()

  return {
    end,
    stop: (): void => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
