import { DESK_COOKIE } from '@nightdesk/server/identity/desk-cookie.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import type { AgentAsks, AgentTell } from '@nightdesk/shared/protocol/agent.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import { addLaterPage, addMessage, type Thread, threadFrom } from '@nightdesk/shared/view/thread.ts'
import { connect, type OpenSocket } from '@nightdesk/widget/chat/connection.ts'
import { createOutbox } from '@nightdesk/widget/chat/outbox.ts'
import { createChat } from '@nightdesk/widget/visitor/chat.ts'
import type { ChatState } from '@nightdesk/widget/visitor/state.ts'
import { io, type Socket } from 'socket.io-client'
import { type History, type Shown, watcher } from './checker.ts'

/** A client that keeps writing by itself. The visitor is the visitor's app itself, without its screen. */
export type Robot = {
  /** Ends the writing; what is written is still delivered. */
  stop(): void
  leave(): void
  /** How much is not accepted yet, or accepted and not seen yet. */
  waiting(): number
  shows(): Shown[]
}
type Door = { url: string; origin: string; site: string }
type Log = Pick<History, 'sent' | 'acked' | 'live'>

const WRITES_EVERY_MS = 150
/** Nobody writes on and on into the dark; without this a long run ends with minutes of backlog. */
const PATIENCE = 20

// Node has a localStorage for the whole process; visitors of one process must not share a session.
Object.defineProperty(globalThis, 'localStorage', { value: undefined, configurable: true })

/** Opens sockets as the apps do, through the proxy, and writes down every acknowledgement of a message. */
function through(door: Door, by: string, log: Log, cookie?: string): OpenSocket {
  return (namespace, auth) => {
    const socket: Socket = io(door.url + namespace, {
      transports: ['websocket'],
      forceNew: true,
      auth,
      reconnectionDelay: 50,
      reconnectionDelayMax: 400,
      timeout: 3000,
      extraHeaders: { origin: door.origin, ...(cookie ? { cookie } : {}) },
    })
    const ask = socket.emitWithAck.bind(socket)
    socket.emitWithAck = async (event: string, input: { key?: string }) => {
      const reply = await ask(event, input)
      const { key = '' } = input
      if (reply.ok && event === 'message:send')
        log.acked.push({ key, by, id: reply.value.id, seq: reply.value.seq })
      if (reply.ok && event === 'conversation:start') {
        const first = reply.value.messages.find((message: Message) => message.key === key)
        log.acked.push({ key, by, id: first.id, seq: first.seq })
      }
      return reply
    }
    return socket
  }
}

function viewOf(by: string, thread: Thread, waitingKeys: string[], ownRole: string): Shown {
  const own = thread.messages.filter(message => message.author.role === ownRole)
  return {
    by,
    conversation: thread.conversation.id,
    ids: thread.messages.map(message => message.id),
    sentKeys: own.flatMap(message => message.key ?? []),
    waitingKeys,
  }
}

export function robotVisitor(by: string, door: Door, log: Log): Robot {
  let state: ChatState | undefined
  let count = 0
  const known = new Set<string>()
  const watch = watcher(log.live)
  const current = () => {
    const thread = state?.view.thread
    if (!state || !thread) return []
    // As the log lays it out: what has arrived in the thread is not shown a second time as sending.
    const arrived = new Set(thread.messages.map(message => message.key))
    const waiting = state.unsent.filter(item => !arrived.has(item.key) && item.state.name !== 'refused')
    return [
      viewOf(
        by,
        thread,
        waiting.map(item => item.key),
        'visitor',
      ),
    ]
  }
  const host = {
    hello: { type: 'nightdesk:hello' as const, locale: 'en', theme: 'light', resume: false },
    tell: () => undefined,
    identity: async () => null,
    onShow: () => undefined,
    onCommand: () => undefined,
  }
  const chat = createChat(
    // Robots of one process share what Node has of a browser; each keeps its words to itself.
    { id: door.site, outbox: false },
    host,
    next => {
      state = next
      for (const { key, text, conversationId } of next.unsent) {
        if (known.has(key)) continue
        known.add(key)
        log.sent.push({ key, text, by, conversation: conversationId ?? '' })
      }
      current().forEach(watch)
    },
    through(door, by, log),
  )
  chat.setShown(true)
  chat.start()
  const writing = setInterval(
    () => {
      // One conversation a visitor: the second words wait for the first to have made it.
      const made = state?.screen.name === 'chat' && state.screen.id !== null
      if ((count > 0 && !made) || robot.waiting() > PATIENCE) return
      chat.say(`${by} says ${count++}`)
      if (count === 2) chat.getPerson()
    },
    WRITES_EVERY_MS + Math.random() * WRITES_EVERY_MS,
  )
  const robot: Robot = {
    stop: () => clearInterval(writing),
    leave: () => void chat.shutdown(),
    waiting: () => state?.unsent.filter(item => item.state.name !== 'refused').length ?? 0,
    shows: current,
  }
  return robot
}

export function robotAgent(by: string, door: Door, session: string, log: Log): Robot {
  const threads = new Map<ConversationId, Thread>()
  const watchers = new Map<ConversationId, (view: Shown) => void>()
  let waiting = 0
  let count = 0
  const connection = connect<AgentAsks>({
    namespace: '/agent',
    auth: async () => ({ protocol: PROTOCOL_VERSION }),
    openSocket: through(door, by, log, `${DESK_COOKIE}=${session}`),
    onLine: () => undefined,
    onConnect: () => void reconnected().catch(() => undefined),
    onTell: tell => hear(tell as AgentTell),
  })
  const outbox = createOutbox(
    async item => {
      if (!item.conversationId) throw new Error('an agent starts no conversation')
      const { key, text, conversationId } = item
      await connection.ask('message:send', { conversationId, key, text })
      outbox.remove(key)
      return conversationId
    },
    items => {
      waiting = items.filter(item => item.state.name !== 'refused').length
    },
  )

  async function reconnected(): Promise<void> {
    const { rows } = await connection.ask('session:start', {})
    for (const row of rows) if (row.state.status === 'queued') take(row.id)
    for (const id of threads.keys()) await catchUp(id)
    outbox.flush()
  }

  function take(conversationId: ConversationId): void {
    connection
      .ask('conversation:take', { conversationId })
      .then(() => connection.ask('conversation:open', { conversationId }))
      .then(page => set(threadFrom(page)))
      .catch(() => undefined)
  }

  async function catchUp(conversationId: ConversationId): Promise<void> {
    for (let more = true; more; ) {
      const thread = threads.get(conversationId)
      if (!thread) return
      const page = await connection.ask('conversation:open', {
        conversationId,
        after: thread.conversation.lastSeq,
      })
      set(addLaterPage(threads.get(conversationId) ?? thread, page))
      more = page.more
    }
  }

  function set(thread: Thread): void {
    const before = threads.get(thread.conversation.id)
    threads.set(thread.conversation.id, thread)
    const watch = watchers.get(thread.conversation.id) ?? watcher(log.live)
    watchers.set(thread.conversation.id, watch)
    watch(viewOf(by, thread, [], 'agent'))
    if (thread.behind && !before?.behind) void catchUp(thread.conversation.id).catch(() => undefined)
  }

  function hear(tell: AgentTell): void {
    if (tell.event === 'inbox:updated' && tell.news.state.status === 'queued') take(tell.news.id)
    if (tell.event !== 'message:added') return
    const thread = threads.get(tell.news.conversationId)
    if (thread) set(addMessage(thread, tell.news))
  }

  const writing = setInterval(() => {
    const [id] = [...threads.keys()].sort(() => Math.random() - 0.5)
    if (!id || waiting > PATIENCE) return
    const item = outbox.send({ conversationId: id, text: `${by} says ${count++}` })
    log.sent.push({ key: item.key, text: item.text, by, conversation: id })
  }, WRITES_EVERY_MS)

  return {
    stop: () => clearInterval(writing),
    leave: () => connection.close(),
    waiting: () => waiting,
    shows: () => [...threads.values()].map(thread => viewOf(by, thread, [], 'agent')),
  }
}
