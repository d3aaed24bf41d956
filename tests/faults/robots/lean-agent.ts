import { DESK_COOKIE } from '@nightdesk/server/identity/desk-cookie.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import type { InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import type { Log } from '../log.ts'
import { leanLine } from './lean-line.ts'
import { type LeanThread, leanThread } from './lean-thread.ts'
import { type Door, type Robot, WRITES_EVERY_MS } from './robot.ts'

type Waiting = { conversation: string; key: string }

/** An agent without a desk, who takes the conversations of lean visitors, reads along and answers now and then. */
export function leanAgent(by: string, door: Door, session: string, log: Log): Robot {
  const threads = new Map<string, LeanThread>()
  let outstanding: Waiting | undefined
  let isBusy = false

  const line = leanLine(door, {
    namespace: '/agent',
    auth: () => ({ protocol: PROTOCOL_VERSION }),
    cookie: `${DESK_COOKIE}=${session}`,
    onConnect: () => void comeBack(),
    onTell: (event, news) => {
      if (event === 'inbox:updated') takeIfWaiting(news as InboxRow)
      if (event !== 'message:added') return
      const message = news as Message
      const thread = threads.get(message.conversationId)
      if (thread && !thread.show(message, true)) void catchUp(message.conversationId, thread)
    },
  })

  async function comeBack(): Promise<void> {
    const start = await line.ask('session:start', {})
    let isWhole = start.ok
    if (start.ok) for (const row of (start.value as { rows: InboxRow[] }).rows) takeIfWaiting(row)
    for (const [conversation, thread] of threads) isWhole &&= await catchUp(conversation, thread)
    if (!isWhole) setTimeout(() => line.isOpen() && void comeBack(), 200)
    else void deliver()
  }

  function takeIfWaiting({ id, state }: InboxRow): void {
    if (state.status === 'queued' && log.lean.has(id)) void take(id)
  }

  async function take(conversationId: string): Promise<void> {
    const taken = await line.ask('conversation:take', { conversationId })
    if (!taken.ok || threads.has(conversationId)) return
    const thread = leanThread(by, conversationId, 'agent', log)
    threads.set(conversationId, thread)
    await catchUp(conversationId, thread)
  }

  function catchUp(conversationId: string, thread: LeanThread): Promise<boolean> {
    return thread.catchUp(async after => {
      const reply = await line.ask('conversation:open', { conversationId, after, limit: 200 })
      return reply.ok ? (reply.value as { messages: Message[]; more: boolean }) : undefined
    })
  }

  async function deliver(): Promise<void> {
    if (isBusy || !outstanding) return
    isBusy = true
    const { conversation, key } = outstanding
    const reply = await line.ask('message:send', { conversationId: conversation, key, text: 'words' })
    isBusy = false
    if (reply.ok) {
      const { id, seq } = reply.value as Message
      log.acked.push({ key, by, id, seq })
    } else if (reply.error.retry === 'never') {
      log.live.push({ fault: 'refused', about: `${by} ${reply.error.code}` })
    } else {
      setTimeout(() => void deliver(), reply.error.retryAfterMs ?? 200)
      return
    }
    outstanding = undefined
  }

  const writing = setInterval(() => {
    const all = [...threads.keys()]
    const conversation = all[Math.floor(Math.random() * all.length)]
    if (!conversation || outstanding) return
    outstanding = { conversation, key: newId('mk') }
    log.send(by, conversation, outstanding.key)
    void deliver()
  }, WRITES_EVERY_MS)

  return {
    stop: () => clearInterval(writing),
    leave: () => line.leave(),
    waiting: () => (outstanding ? 1 : 0),
    shows: () => [...threads.values()].map(thread => thread.shown([])),
    ends: () => [...threads.values()].map(thread => thread.end()),
  }
}
