import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { agentOf } from '@nightdesk/shared/conversation.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Author, Message } from '@nightdesk/shared/message.ts'
import { summaryOf } from '../chat/views.ts'
import type { Ending, News } from '../live/live.ts'
import type { Parts } from '../parts.ts'
import type { Address } from '../store/store.ts'
import { audienceOf } from './audience.ts'
import { collectHeads } from './collect-heads.ts'
import type { AgentNamespace, VisitorNamespace } from './io.ts'
import { tellsOwners } from './owners.ts'
import { patiently } from './patiently.ts'
import { rooms } from './rooms.ts'
import { createTold } from './told.ts'
import { inTurns } from './turns.ts'

/** A longer gap is not filled from here: clients see it and page through it themselves. */
const FETCHED = 100

/**
 * The only emitter: turns news from the live plane into tells, for those who are connected to this node. Answers
 * the function that stops it.
 */
export function fanOut(
  parts: Parts,
  { visitors, agents }: { visitors: VisitorNamespace; agents: AgentNamespace },
  end: (ending: Ending) => void,
): () => void {
  const { store, live, onError } = parts
  const audience = audienceOf(visitors, agents)
  const tellOwners = tellsOwners(parts, visitors, agents)
  const inTurn = inTurns(onError)
  const told = createTold()
  let onDuty = live.onDuty() > 0

  const fetchHead = collectHeads(store, ({ conversation, messages }) =>
    inTurn(conversation.id, () => tellMessages(conversation, messages)),
  )

  /** Tells what was not told yet. What another node wrote in between and nobody has brought is fetched first. */
  async function tellMessages(conversation: Conversation, messages: readonly Message[]): Promise<void> {
    const { id: conversationId } = conversation
    const [earliest] = messages
    if (!earliest) return
    const known = told.of(conversationId) ?? { first: earliest.seq, last: earliest.seq - 1 }
    const fresh = messages.filter(message => message.seq > known.last)
    const [first] = fresh
    const missing = first ? first.seq - known.last - 1 : 0
    if (missing > 0 && missing <= FETCHED) {
      const between = { conversationId, first: known.last + 1, last: known.last + missing }
      const [found] = await patiently(() => store.messagesIn([between]))
      fresh.unshift(...(found?.messages ?? []))
    }
    told.add(conversationId, { first: earliest.seq, last: fresh.at(-1)?.seq ?? known.last })
    if (first && known.last === 0) await patiently(() => tellStarted(conversationId))
    for (const message of fresh) {
      // The first words come with the conversation that they start.
      if (message.seq > 1) audience.visitor(conversation).emit('message:added', message)
      audience.desk(conversation)?.emit('message:added', message)
    }
    // Words that are older than what this node told first were fetched by seq meanwhile; the inbox was not.
    const isUntold = ({ seq }: Message) => seq < known.first || seq > known.last
    const movesOwner = [...messages, ...fresh].some(one => one.body.kind === 'status' && isUntold(one))
    if (movesOwner) await patiently(() => tellOwners(conversation))
  }

  async function tellStarted(id: ConversationId): Promise<void> {
    const overview = await store.overview(id, 'visitor')
    if (overview) audience.visitor(overview.conversation).emit('conversation:started', summaryOf(overview))
  }

  function tellRead(
    conversation: Conversation,
    mark: { by: 'visitor' | 'desk'; seq: number; unread: number },
  ) {
    const read = { conversationId: conversation.id, ...mark }
    audience.visitor(conversation).emit('message:read', read)
    audience.desk(conversation)?.emit('message:read', read)
  }

  function tellTyping(conversation: Conversation, author: Author): void {
    const typing = { conversationId: conversation.id, author }
    if (author.role === 'visitor') audience.desk(conversation)?.emit('typing:started', typing)
    else audience.visitor(conversation).emit('typing:started', typing)
  }

  async function tellAdopted(news: News & { kind: 'adopted' }): Promise<void> {
    for (const id of news.conversationIds) await tellStarted(id)
    visitors.in(rooms.visitor(news.from)).disconnectSockets()
  }

  /** Another node says where to look; what is there, the store says. */
  function lookUp(to: Address, tell: (conversation: Conversation) => void): void {
    if (!audience.concerns(to)) return
    inTurn(to.conversationId, async () => {
      const conversation = await store.conversation(to.conversationId)
      if (conversation) tell(conversation)
    })
  }

  const stop = [
    live.subscribe(news => {
      switch (news.kind) {
        case 'started':
        case 'changed':
          return inTurn(news.conversation.id, () => tellMessages(news.conversation, news.added))
        case 'read':
          return inTurn(news.conversation.id, async () =>
            tellRead(news.conversation, { by: news.by, seq: news.seq, unread: news.unread }),
          )
        case 'typing':
          return inTurn(news.conversation.id, async () => tellTyping(news.conversation, news.author))
        case 'head': {
          const { head } = news
          const known = told.of(head.conversationId)
          const isNews = !known || head.last > known.last || (head.movesOwner && head.first < known.first)
          const concerns = audience.concerns(head) || (head.movesOwner && audience.anybody())
          return isNews && concerns ? fetchHead(head) : undefined
        }
        case 'marked':
          return lookUp(news.to, conversation =>
            tellRead(conversation, { by: news.by, seq: news.seq, unread: news.unread }),
          )
        case 'typed':
          return lookUp(news.to, conversation => {
            const agent = news.role === 'agent' ? agentOf(conversation) : null
            tellTyping(conversation, agent ? { role: 'agent', agent } : { role: 'visitor' })
          })
        case 'adopted':
          return void tellAdopted(news).catch(onError)
        default:
          return end(news)
      }
    }),
    live.watchDuty(() => {
      const now = live.onDuty() > 0
      if (now !== onDuty) visitors.emit('duty:changed', { onDuty: now })
      onDuty = now
    }),
  ]
  return () => {
    for (const stopOne of stop) stopOne()
  }
}
