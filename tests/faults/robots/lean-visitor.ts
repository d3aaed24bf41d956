import { newId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import { clock, sleep } from '../clock.ts'
import type { Log } from '../log.ts'
import { leanLine } from './lean-line.ts'
import { type LeanThread, leanThread } from './lean-thread.ts'
import type { Door, Robot } from './robot.ts'

type Options = {
  /** Milliseconds between an answer and the next words; `undefined` writes only when told to. */
  pauseMs?: number | undefined
  /** Whether a person is asked for, so that a lean agent reads along and no bot answers. */
  wantsPerson?: boolean
  text?: string
  comesBackAfter?: () => number
}

export type LeanVisitor = Robot & {
  line: ReturnType<typeof leanLine>
  /** Whether this connection has asked for all that it missed. */
  isBack(): boolean
  /** The longest that its words have waited for their acceptance on one line, since this was last asked. */
  slowestMs(): number
  /** Writes so many more words, each as soon as the one before was accepted. */
  write(count: number): void
  /** What a second tab of the same browser knows: nothing until the first has a conversation. */
  session(): { token: string; conversation: string } | undefined
}

/**
 * A visitor without an app: the rules of the outbox and of catching up, and nothing that is drawn. Keys are made
 * once, one message is under way at a time, and it is sent again until it is answered.
 *
 * @param tabOf another lean visitor whose conversation this one reads, as a second tab does
 */
export function leanVisitor(
  by: string,
  door: Door,
  log: Log,
  options: Options,
  tabOf?: LeanVisitor,
): LeanVisitor {
  const { pauseMs, wantsPerson = false, text = 'words' } = options
  let token: string | undefined
  let thread: LeanThread | undefined
  let conversation: string | undefined
  let outstanding: string | undefined
  let quota = pauseMs === undefined ? 0 : Number.POSITIVE_INFINITY
  let isBack = false
  let slowestMs = 0
  let isBusy = false
  let knowsWho = false

  const line = leanLine(door, {
    namespace: '/visitor',
    auth: () => {
      const session = tabOf ? tabOf.session()?.token : token
      knowsWho = !tabOf || session !== undefined
      return { protocol: PROTOCOL_VERSION, site: door.site, ...(session ? { session } : {}) }
    },
    onConnect: () => {
      isBack = false
      void comeBack()
    },
    onTell: (event, news) => {
      if (event !== 'message:added' || !thread) return
      const message = news as Message
      if (message.conversationId === conversation && !thread.show(message, true)) void catchUp()
    },
    ...(options.comesBackAfter ? { comesBackAfter: options.comesBackAfter } : {}),
  })

  async function comeBack(): Promise<void> {
    // A second tab that came before its first one had a session knocks again.
    if (!knowsWho) return line.hangUp()
    const start = await line.ask('session:start', {})
    if (!start.ok) return again()
    token = (start.value as { session?: string }).session ?? token
    conversation ??= tabOf?.session()?.conversation
    if (conversation) thread ??= leanThread(by, conversation, 'visitor', log)
    if (!(await catchUp())) return again()
    isBack = true
    void writeOn()
  }

  function again(): void {
    setTimeout(() => line.isOpen() && !isBack && void comeBack(), 200)
  }

  async function catchUp(): Promise<boolean> {
    if (!thread) return true
    return thread.catchUp(async after => {
      const reply = await line.ask('conversation:open', { conversationId: conversation, after, limit: 200 })
      return reply.ok ? (reply.value as { messages: Message[]; more: boolean }) : undefined
    })
  }

  async function writeOn(): Promise<void> {
    if (isBusy) return
    isBusy = true
    while (isBack && line.isOpen() && (outstanding || quota > 0)) {
      if (!outstanding) {
        outstanding = newId('mk')
        quota--
        log.send(by, conversation ?? '', outstanding)
      }
      const wait = await deliver(outstanding)
      if (wait > 0) await sleep(wait)
    }
    isBusy = false
  }

  /** Answers how long to wait before the next words or the next try. */
  async function deliver(key: string): Promise<number> {
    const since = clock()
    const reply = await (conversation
      ? line.ask('message:send', { conversationId: conversation, key, text })
      : line.ask('conversation:start', { key, text, locale: 'en' }))
    if (!reply.ok) {
      if (reply.error.retry !== 'never') return reply.error.retryAfterMs ?? 100
      log.live.push({ fault: 'refused', about: `${by} ${reply.error.code}` })
      outstanding = undefined
      return 0
    }
    slowestMs = Math.max(slowestMs, clock() - since)
    if (conversation) {
      const { id, seq } = reply.value as Message
      log.acked.push({ key, by, id, seq })
    } else begin(key, reply.value as { conversation: { id: string }; messages: Message[] })
    outstanding = undefined
    return pauseMs ?? 0
  }

  function begin(key: string, page: { conversation: { id: string }; messages: Message[] }): void {
    conversation = page.conversation.id
    log.lean.add(conversation)
    thread = leanThread(by, conversation, 'visitor', log)
    for (const message of page.messages) {
      thread.show(message, false)
      if (message.key === key) log.acked.push({ key, by, id: message.id, seq: message.seq })
    }
    // Best effort: a line that breaks here leaves this visitor with the bot.
    if (wantsPerson) void line.ask('human:request', { conversationId: conversation })
  }

  return {
    by,
    line,
    isBack: () => isBack && line.isOpen(),
    slowestMs: () => {
      const ms = slowestMs
      slowestMs = 0
      return ms
    },
    write: count => {
      quota += count
      void writeOn()
    },
    session: () => (token && conversation ? { token, conversation } : undefined),
    stop: () => {
      quota = 0
    },
    leave: () => line.leave(),
    waiting: () => (outstanding ? 1 : 0),
    shows: () => (thread ? [thread.shown(outstanding ? [outstanding] : [])] : []),
    ends: () => (thread ? [thread.end()] : []),
  }
}
