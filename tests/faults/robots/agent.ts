import { DESK_COOKIE } from '@nightdesk/server/identity/desk-cookie.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { AgentAsks, AgentTell } from '@nightdesk/shared/protocol/agent.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import { addLaterPage, addMessage, type Thread, threadFrom } from '@nightdesk/shared/view/thread.ts'
import { connect } from '@nightdesk/widget/chat/connection.ts'
import { createOutbox } from '@nightdesk/widget/chat/outbox.ts'
import { watcher } from '../checker.ts'
import type { Log } from '../log.ts'
import { type Door, endOf, PATIENCE, type Robot, through, viewOf, WRITES_EVERY_MS } from './robot.ts'

/** An agent who takes whoever waits and answers; its connection, outbox and threads are those of the apps. */
export function robotAgent(by: string, door: Door, session: string, log: Log): Robot {
  const threads = new Map<ConversationId, Thread>()
  const watchers = new Map<ConversationId, ReturnType<typeof watcher>>()
  let waiting = 0
  let count = 0
  let isConnected = false
  const connection = connect<AgentAsks>({
    namespace: '/agent',
    auth: async () => ({ protocol: PROTOCOL_VERSION }),
    openSocket: through(door, by, log, `${DESK_COOKIE}=${session}`),
    onLine: ({ state }) => {
      isConnected = state === 'connected'
    },
    onConnect: () => void catchAll(),
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
      for (const { state } of items) {
        if (state.name === 'refused')
          log.live.push({ fault: 'refused', about: `${by} ${state.refusal.code}` })
      }
      waiting = items.filter(item => item.state.name !== 'refused').length
    },
  )

  /** Like the desk: an answer that did not come is asked for again, until nothing is missing. */
  async function catchAll(): Promise<void> {
    try {
      const { rows } = await connection.ask('session:start', {})
      for (const row of rows) if (row.state.status === 'queued') take(row.id)
      for (const id of threads.keys()) await catchUp(id)
      outbox.flush()
    } catch {
      setTimeout(() => isConnected && void catchAll(), 500)
    }
  }

  function take(conversationId: ConversationId): void {
    if (log.lean.has(conversationId)) return
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
    const { id } = thread.conversation
    const before = threads.get(id)
    threads.set(id, thread)
    const watch = watchers.get(id) ?? watcher(log.live, sentAt => log.catchUp.seen(sentAt))
    watchers.set(id, watch)
    watch(viewOf(by, thread, [], 'agent'))
    if (thread.behind && !before?.behind) void catchUp(id).catch(() => undefined)
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
    const { key } = outbox.send({ conversationId: id, text: `${by} says ${count++}` })
    log.send(by, id, key)
  }, WRITES_EVERY_MS)

  return {
    stop: () => clearInterval(writing),
    leave: () => connection.close(),
    waiting: () => waiting,
    shows: () => [...threads.values()].map(thread => viewOf(by, thread, [], 'agent')),
    ends: () => [...threads.values()].map(endOf),
  }
}
