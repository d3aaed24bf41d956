import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import type { VisitorAsks, VisitorSelf, VisitorTell } from '@nightdesk/shared/protocol/visitor.ts'
import { addLaterPage, threadFrom } from '@nightdesk/shared/view/thread.ts'
import { visitorReducer } from '@nightdesk/shared/view/visitor-view.ts'
import { type Connection, connect, type OpenSocket } from '../chat/connection.ts'
import type { Host } from './host.ts'
import { sessionKeeper } from './keep.ts'
import { NOBODY, type StateHolder } from './state.ts'

type Parts = {
  siteId: string
  host: Host
  state: StateHolder
  /** Told of every message that comes in, whichever way. */
  onMessage: (message: Message) => void
  onTyping: (id: ConversationId, author: Message['author']) => void
  /** The snapshot is here and nothing is missing: what waits may go out. */
  onReady: () => void
  /** Whom the exchange's page says we have before us, ahead of every attempt to connect. */
  onProof: (identity: string | null) => void
  /** Somebody else is in front of the screen: what waits is not theirs to send. */
  onOther: () => void
  onLine: (line: Parameters<Parameters<typeof connect>[0]['onLine']>[0]) => void
  openSocket?: OpenSocket | undefined
}

const TRY_AGAIN_MS = 2000

export type Sync = ReturnType<typeof createSync>

/** Keeps the state as the server has it: snapshot on every connection, tells in between, gaps by seq. */
export function createSync(parts: Parts) {
  const { siteId, host, state } = parts
  const keep = sessionKeeper(siteId)
  let connection: Connection<VisitorAsks> | undefined
  /** Tells that come while a snapshot is on its way are told again after it; reducers ignore what they have. */
  let underWay = 0
  let held: VisitorTell[] = []

  function start(): Connection<VisitorAsks> {
    connection ??= connect<VisitorAsks>({
      namespace: '/visitor',
      auth,
      onTell,
      onConnect: () => void catchAll(),
      onLine: parts.onLine,
      openSocket: parts.openSocket,
    })
    return connection
  }

  const ask: Connection<VisitorAsks>['ask'] = (event, input) => start().ask(event, input)

  async function auth(): Promise<object> {
    const identity = await host.identity()
    parts.onProof(identity)
    // What is undefined does not travel.
    return {
      protocol: PROTOCOL_VERSION,
      site: siteId,
      session: keep.read(),
      identity: identity ?? undefined,
    }
  }

  /** Answers what `apply` makes of the answer. */
  async function snapshot<Answer, Made>(
    asked: Promise<Answer>,
    apply: (answer: Answer) => Made,
  ): Promise<Made> {
    underWay++
    try {
      const made = apply(await asked)
      for (const tell of held) state.set({ view: visitorReducer(state.now.view, tell) })
      return made
    } finally {
      if (--underWay === 0) held = []
    }
  }

  /** On every connection: who am I, what is there, what did I miss. */
  async function catchAll(): Promise<void> {
    try {
      await snapshot(ask('session:start', {}), ({ visitor, session, onDuty, conversations }) => {
        meet(visitor)
        // What a browser wrote as a guest has moved to the customer it turned out to be.
        if (visitor.verified) keep.forget()
        else if (session !== undefined) keep.write(session)
        state.setView({ onDuty, conversations })
      })
      const id = state.chatId()
      if (id !== null && state.now.view.thread === null) await open(id)
      else await catchUp()
      parts.onReady()
    } catch {
      // A line that broke starts over by itself; an answer that did not come is asked for again.
      setTimeout(() => state.now.line.state === 'connected' && void catchAll(), TRY_AGAIN_MS)
    }
  }

  /** A guest who logs in is the same person; anybody else must not see or send what is here. */
  function meet(visitor: VisitorSelf): void {
    const before = state.now.self
    const same = before === null || before.ref === visitor.ref || (!before.verified && visitor.verified)
    if (!same) {
      state.set(NOBODY)
      parts.onOther()
    }
    state.set({ self: visitor })
  }

  function onTell(tell: { event: string; news: unknown }): void {
    // Our own server's words, typed by the same table that made them.
    const told = tell as VisitorTell
    if (underWay > 0) held.push(told)
    if (told.event === 'typing:started') parts.onTyping(told.news.conversationId, told.news.author)
    if (told.event === 'message:added') parts.onMessage(told.news)
    state.set({ view: visitorReducer(state.now.view, told) })
    if (state.now.view.thread?.behind) catchUp().catch(() => {})
  }

  /** Shows a conversation from its latest page. */
  async function open(id: ConversationId): Promise<void> {
    await snapshot(ask('conversation:open', { conversationId: id }), page => {
      if (state.chatId() === id) state.setView({ thread: threadFrom(page) })
    })
  }

  /** Asks for what came after the last message on screen until nothing is missing. */
  async function catchUp(): Promise<void> {
    for (let more = true; more; ) {
      const { thread } = state.now.view
      if (!thread) return
      const { id, lastSeq } = thread.conversation
      await snapshot(ask('conversation:open', { conversationId: id, after: lastSeq }), page => {
        const current = state.now.view.thread
        if (current?.conversation.id !== id) return
        page.messages.forEach(parts.onMessage)
        state.setView({ thread: addLaterPage(current, page) })
        more = page.more
      })
      more &&= state.now.view.thread?.conversation.id === id
    }
  }

  return {
    start,
    ask,
    snapshot,
    open,
    retry: () => connection?.retry(),
    /** Forgets this visitor on this device. */
    forget: () => {
      connection?.close()
      keep.forget()
      state.set(NOBODY)
      parts.onOther()
    },
  }
}
