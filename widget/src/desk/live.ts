import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { AgentAsks, AgentTell } from '@nightdesk/shared/protocol/agent.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import { deskReducer } from '@nightdesk/shared/view/desk-view.ts'
import { addLaterPage, threadFrom } from '@nightdesk/shared/view/thread.ts'
import { type ReadonlySignal, signal } from '@preact/signals'
import { AskError, type Connection, connect, type Line } from '../chat/connection.ts'
import { createKeeping } from '../chat/keeping.ts'
import { createOutbox, type Outbox, type Unsent } from '../chat/outbox.ts'
import { type Desk, mayRead } from './desk.ts'
import { createHold } from './hold.ts'
import { goTo, place } from './place.ts'
import { createWriting } from './writing.ts'

export type Live = Pick<Connection<AgentAsks>, 'ask' | 'retry'> & {
  line: ReadonlySignal<Line>
  /** What was written here and is not in a thread yet. */
  written: ReadonlySignal<readonly Unsent[]>
  /** Whether what is unsent lives only as long as this page. */
  memory: ReadonlySignal<boolean>
  outbox: Pick<Outbox, 'send' | 'remove'>
  /** Fetches the conversation on screen. */
  open(id: ConversationId): Promise<void>
}

const TRY_AGAIN_MS = 2000
/** The name under which this device keeps what agents wrote and did not send. */
export const KEPT_AS = 'desk'

/** What a newer server may tell besides is not for this version. */
const TOLD: Record<AgentTell['event'], true> = {
  'inbox:updated': true,
  'inbox:removed': true,
  'message:added': true,
  'message:read': true,
  'typing:started': true,
}
const isTell = (tell: { event: string }): tell is AgentTell => Object.hasOwn(TOLD, tell.event)

/** Connects the desk, and keeps what it shows equal to what the server knows. */
export function goLive(desk: Desk): Live {
  const { view } = desk
  const writing = createWriting(desk.writing)
  const line = signal<Line>({ state: 'connecting' })
  const written = signal<readonly Unsent[]>([])
  const memory = signal(false)
  const connection = connect<AgentAsks>({
    namespace: '/agent',
    auth: async () => ({ protocol: PROTOCOL_VERSION }),
    onTell: tell => isTell(tell) && hold.hear(tell),
    onConnect: () => void start(),
    onLine: now => {
      line.value = now
    },
  })
  const { ask } = connection
  const outbox = createOutbox(
    async ({ conversationId, key, text }) => {
      if (!conversationId) throw new Error('the desk writes in conversations that exist')
      await ask('message:send', { conversationId, key, text })
      return conversationId
    },
    items => {
      written.value = items
    },
  )
  const keeping = createKeeping(
    {
      name: KEPT_AS,
      outbox,
      onMemory: now => {
        memory.value = now
      },
      onRestored: () => {},
    },
    document.documentElement.dataset.outbox !== 'off',
  )

  const hold = createHold(apply)
  let again: ReturnType<typeof setTimeout> | undefined

  function apply(tell: AgentTell): void {
    const before = view.value
    view.value = deskReducer(before, tell)
    const { thread, rows } = view.value
    if (tell.event === 'typing:started') writing.start(tell.news.conversationId)
    if (tell.event === 'message:added') {
      if (tell.news.author.role === 'visitor') writing.stop(tell.news.conversationId)
      if (tell.news.key) outbox.remove(tell.news.key)
    }
    const { selected } = place.value
    // With the right to serve a visitor comes the right to know what was before.
    const took = thread && before.thread && isOpen(thread) && !isOpen(before.thread)
    if (thread?.behind || took) void refresh(thread.conversation.id)
    else if (!thread && !desk.trouble.value && rows.some(row => row.id === selected && mayRead(row))) {
      void refresh(selected)
    }
  }

  async function start(): Promise<void> {
    clearTimeout(again)
    desk.catchingUp.value = true
    try {
      await hold.during(async () => {
        const { agent, hasPassword, rows } = await ask('session:start', {})
        if (desk.me.value && desk.me.value.code !== agent.code) forget()
        desk.me.value = { ...agent, hasPassword }
        keeping.own(agent.code)
        void keeping.load()
        view.value = { ...view.value, rows }
        await refresh(place.value.selected)
      })
      outbox.flush()
    } catch {
      again = setTimeout(() => line.value.state === 'connected' && void start(), TRY_AGAIN_MS)
    }
    desk.catchingUp.value = false
  }

  /** Another agent signed in at this window: nothing of the first one's may be seen or sent by the second. */
  function forget(): void {
    for (const { key } of written.value) outbox.remove(key)
    desk.drafts.value = new Map()
    desk.cameFrom.value = null
    desk.customer.value = null
    view.value = { rows: [], thread: null }
    goTo({ selected: null })
  }

  /** Fetches what came after the last message held, or everything where nothing is held. */
  async function refresh(id: ConversationId | null): Promise<void> {
    if (!id || desk.opening.value === id) return
    const row = view.value.rows.find(other => other.id === id)
    if (row && !mayRead(row) && desk.cameFrom.value === null) {
      view.value = { ...view.value, thread: null }
      return
    }
    desk.opening.value = id
    try {
      await hold.during(async () => {
        try {
          for (let more = true; more; ) more = await fetchPage(id)
        } finally {
          if (desk.opening.value === id) desk.opening.value = null
        }
      })
      if (desk.trouble.value?.wish === 'open') desk.trouble.value = null
    } catch (error) {
      if (!(error instanceof AskError) || place.value.selected !== id) return
      if (error.refusal.code === 'NOT_FOUND') view.value = { ...view.value, thread: null }
      if (!view.value.thread) desk.trouble.value = { wish: 'open', refusal: error.refusal }
    }
  }

  /** Answers whether there is more to fetch. */
  async function fetchPage(id: ConversationId): Promise<boolean> {
    const has = view.value.thread
    const after = has?.conversation.id === id ? has.conversation.lastSeq : undefined
    const page = await ask('conversation:open', {
      conversationId: id,
      ...(after === undefined ? {} : { after }),
    })
    if (place.value.selected !== id) return false
    const now = view.value.thread
    const later = after !== undefined && now?.conversation.id === id
    if (after !== undefined && !later) return true
    view.value = { ...view.value, thread: later ? addLaterPage(now, page) : threadFrom(page) }
    desk.customer.value = { visitor: page.visitor, earlier: page.earlier }
    for (const { key } of page.messages) if (key) outbox.remove(key)
    return later && page.more
  }

  return { line, ask, retry: connection.retry, written, memory, outbox, open: refresh }
}

const isOpen = (thread: { conversation: { state: { status: string } } }): boolean =>
  thread.conversation.state.status === 'open'
