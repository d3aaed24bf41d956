import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { agentOf } from '@nightdesk/shared/conversation.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import { visitorOf } from '../chat/inbox.ts'
import { readPlaces } from '../chat/read.ts'
import { redactedRow, rowOf, summaryOf } from '../chat/views.ts'
import type { News } from '../live/live.ts'
import type { Parts } from '../parts.ts'
import type { AgentNamespace, VisitorNamespace } from './io.ts'
import { rooms } from './rooms.ts'

type NewsOfConversation = Extract<News, { conversation: Conversation }>
type Audience = { visitors: VisitorNamespace; agents: AgentNamespace }

/**
 * The only emitter: turns news from the live plane into tells. News of one conversation is told in the order
 * in which it was published. Answers the function that stops it.
 */
export function fanOut(parts: Parts, { visitors, agents }: Audience): () => void {
  const turns = new Map<ConversationId, Promise<void>>()
  const stirred = new Set<string>()
  let onDuty = parts.live.onDuty() > 0

  async function tell(news: NewsOfConversation): Promise<void> {
    const { conversation } = news
    const visitor = visitors.to(rooms.visitor(conversation.visitorId))
    switch (news.kind) {
      case 'started': {
        const overview = await parts.store.overview(conversation.id, 'visitor')
        if (overview) visitor.emit('conversation:started', summaryOf(overview))
        return
      }
      case 'changed': {
        for (const message of news.added) {
          visitor.emit('message:added', message)
          deskOf(conversation)?.emit('message:added', message)
        }
        if (news.added.some(changesOwner)) await tellOwners(conversation)
        return
      }
      case 'read': {
        const { by, seq, unread } = news
        const mark = { conversationId: conversation.id, by, seq, unread }
        visitor.emit('message:read', mark)
        deskOf(conversation)?.emit('message:read', mark)
        return
      }
      case 'typing': {
        const typing = { conversationId: conversation.id, author: news.author }
        if (news.author.role === 'visitor') deskOf(conversation)?.emit('typing:started', typing)
        else visitor.emit('typing:started', typing)
        return
      }
    }
  }

  /** Who at the desk may read a conversation as it stands now. */
  function deskOf(conversation: Conversation) {
    if (conversation.status === 'queued') return agents.to(rooms.desk)
    const agent = agentOf(conversation)
    return agent ? agents.to(rooms.agent(agent.code)) : undefined
  }

  /** After a change of owner every desk gets the row as it may see it, or loses it. */
  async function tellOwners({ id, siteId }: Conversation): Promise<void> {
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

  /** Many changes of one turn of the event loop move the queue once. */
  function moveQueueSoon(siteId: string): void {
    if (stirred.size === 0) setImmediate(() => void moveQueues().catch(parts.onError))
    stirred.add(siteId)
  }

  async function moveQueues(): Promise<void> {
    const sites = [...stirred]
    stirred.clear()
    for (const siteId of sites) {
      for (const { conversation, place } of await readPlaces(parts, siteId)) {
        const room = visitors.to(rooms.visitor(conversation.visitorId))
        room.emit('queue:moved', { conversationId: conversation.id, place })
      }
    }
  }

  function tellInTurn(news: NewsOfConversation): void {
    const { id } = news.conversation
    const turn = (turns.get(id) ?? Promise.resolve())
      .then(() => tell(news))
      .catch(error => parts.onError(error, id))
      .finally(() => {
        if (turns.get(id) === turn) turns.delete(id)
      })
    turns.set(id, turn)
  }

  async function tellAdopted(news: News & { kind: 'adopted' }): Promise<void> {
    for (const id of news.conversationIds) {
      const overview = await parts.store.overview(id, 'visitor')
      if (overview) visitors.to(rooms.visitor(news.to)).emit('conversation:started', summaryOf(overview))
    }
    visitors.in(rooms.visitor(news.from)).disconnectSockets()
  }

  const stop = [
    parts.live.subscribe(news => {
      if (news.kind === 'signed-out') agents.in(rooms.session(news.session)).disconnectSockets(true)
      else if (news.kind === 'adopted') void tellAdopted(news).catch(parts.onError)
      else tellInTurn(news)
    }),
    parts.live.watchDuty(() => {
      const now = parts.live.onDuty() > 0
      if (now !== onDuty) visitors.emit('duty:changed', { onDuty: now })
      onDuty = now
    }),
  ]
  return () => {
    for (const end of stop) end()
  }
}

const changesOwner = (message: Message): boolean => message.body.kind === 'status'
