import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { agentOf } from '@nightdesk/shared/conversation.ts'
import { visitorOf } from '../chat/inbox.ts'
import { readPlaces } from '../chat/read.ts'
import { redactedRow, rowOf } from '../chat/views.ts'
import type { Parts } from '../parts.ts'
import type { AgentNamespace, VisitorNamespace } from './io.ts'
import { patiently } from './patiently.ts'
import { rooms } from './rooms.ts'

/** What the desks and the queue see of a change of owner. */
export function tellsOwners(parts: Parts, visitors: VisitorNamespace, agents: AgentNamespace) {
  const stirred = new Set<string>()

  /** Many changes of one turn of the event loop move the queue once. */
  function moveQueueSoon(siteId: string): void {
    if (stirred.size === 0) setImmediate(() => void moveQueues().catch(parts.onError))
    stirred.add(siteId)
  }

  async function moveQueues(): Promise<void> {
    const sites = [...stirred]
    stirred.clear()
    for (const siteId of sites) {
      for (const { conversation, place } of await patiently(() => readPlaces(parts, siteId))) {
        const room = visitors.to(rooms.visitor(conversation.visitorId))
        room.emit('queue:moved', { conversationId: conversation.id, place })
      }
    }
  }

  /** Every desk gets the row as it may see it, or loses it. */
  return async ({ id, siteId }: Conversation): Promise<void> => {
    const overview = await parts.store.overview(id, 'desk')
    if (!overview) return
    const { conversation } = overview
    const row = rowOf(overview, await visitorOf(parts, overview))
    const owner = agentOf(conversation)
    const ownRoom = rooms.agent(owner?.code ?? '')
    const others = agents.to(rooms.desk).except(ownRoom)
    switch (conversation.status) {
      case 'queued':
        agents.to(rooms.desk).emit('inbox:updated', row)
        break
      case 'open':
        agents.to(ownRoom).emit('inbox:updated', row)
        others.emit('inbox:updated', redactedRow(row))
        break
      case 'closed':
        agents.to(ownRoom).emit('inbox:updated', row)
        others.emit('inbox:removed', { conversationId: id })
        break
      case 'bot':
        agents.to(rooms.desk).emit('inbox:removed', { conversationId: id })
        break
    }
    moveQueueSoon(siteId)
  }
}
