import type { ConversationId, MessageKey } from '@nightdesk/shared/ids.ts'
import type { AgentCard, EntryOption, Message } from '@nightdesk/shared/message.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import type { VisitorAsks, VisitorSelf, VisitorTell } from '@nightdesk/shared/protocol/visitor.ts'
import { addEarlierPage, addLaterPage, threadFrom } from '@nightdesk/shared/view/thread.ts'
import { type VisitorView, visitorReducer } from '@nightdesk/shared/view/visitor-view.ts'
import { type Connection, connect, type Line, type OpenSocket } from '../chat/connection2.ts'
import { createOutbox, type Unsent } from '../chat/outbox2.ts'
import { type BannerState, bannerOf } from './banner.ts'
import type { Host } from './host.ts'
import { sessionKeeper } from './keep.ts'
import { words } from './words/words.ts'

/** `id: null` is a conversation whose first words are still on their way. */
export type Screen = { name: 'home' } | { name: 'chat'; id: ConversationId | null }

/** Everything that is drawn. It is replaced, never changed. */
export type ChatState = {
  view: VisitorView
  self: VisitorSelf | null
  screen: Screen
  /** Whether the panel is open, and so whether what is on screen is read. */
  shown: boolean
  typing: AgentCard | null
  line: Line
  unsent: readonly Unsent[]
  /** What is typed and not sent; it survives going back and forth. */
  draft: string
  /** The header's menu. */
  menu: boolean
  banner: BannerState
}

const NOTHING: VisitorView = { onDuty: false, conversations: [], thread: null }
const TYPING_SHOWN_MS = 6000
const TYPING_EVERY_MS = 3000

/** The visitor's chat: what is on screen and what can be done, with no word about sockets or elements. */
export function createChat(
  siteId: string,
  host: Host,
  draw: (state: ChatState) => void,
  openSocket?: OpenSocket,
) {
  const keep = sessionKeeper(siteId)
  let state: ChatState = {
    view: NOTHING,
    self: null,
    screen: { name: 'home' },
    shown: false,
    typing: null,
    line: { state: 'connecting' },
    unsent: [],
    draft: '',
    menu: false,
    banner: 'none',
  }
  const watchLine = bannerOf(banner => set({ banner }))
  let connection: Connection<VisitorAsks> | undefined
  /** Tells that come while a snapshot is on its way are told again after it; reducers ignore what they have. */
  let underWay = 0
  let held: VisitorTell[] = []
  let wantsPerson = false
  let typingEnds: ReturnType<typeof setTimeout> | undefined
  let typingTold = 0

  const outbox = createOutbox(deliver, unsent => {
    set({ unsent })
    watchLine(state.line, unsent)
  })

  let due = false
  /** Many changes of one turn are drawn once. */
  function set(patch: Partial<ChatState>): void {
    state = { ...state, ...patch }
    if (due) return
    due = true
    queueMicrotask(() => {
      due = false
      draw(state)
      tellBadge()
    })
  }
  const setView = (patch: Partial<VisitorView>) => set({ view: { ...state.view, ...patch } })

  function start(): void {
    if (connection) return
    const onLine = (line: Line) => {
      set({ line })
      watchLine(line, state.unsent)
    }
    connection = connect<VisitorAsks>({
      namespace: '/visitor',
      auth,
      onTell,
      onConnect,
      onLine,
      ...(openSocket ? { openSocket } : {}),
    })
  }

  async function auth(): Promise<object> {
    const identity = await host.identity()
    const session = keep.read()
    return {
      protocol: PROTOCOL_VERSION,
      site: siteId,
      ...(session === undefined ? {} : { session }),
      ...(identity === null ? {} : { identity }),
    }
  }

  async function snapshot<Answer>(asked: Promise<Answer>, apply: (answer: Answer) => void): Promise<void> {
    underWay++
    try {
      const answer = await asked
      apply(answer)
      for (const tell of held) set({ view: visitorReducer(state.view, tell) })
    } finally {
      if (--underWay === 0) held = []
    }
  }

  async function onConnect(): Promise<void> {
    if (!connection) return
    try {
      await snapshot(connection.ask('session:start', {}), answer => {
        // What a browser wrote as a guest has moved to the customer it turned out to be.
        if (answer.visitor.verified) keep.forget()
        else if (answer.session !== undefined) keep.write(answer.session)
        const { visitor, onDuty, conversations } = answer
        // Somebody else is in front of the screen now: what was on it is not theirs.
        const changed = state.self !== null && state.self.verified !== visitor.verified
        set({ self: visitor, ...(changed ? { screen: { name: 'home' } } : {}) })
        setView({ onDuty, conversations, ...(changed ? { thread: null } : {}) })
      })
      await catchUp()
      outbox.flush()
    } catch {
      // The line broke again; the next connection starts over.
    }
  }

  function onTell(tell: { event: string; news: unknown }): void {
    // Our own server's words, typed by the same table that made them.
    const told = tell as VisitorTell
    if (underWay > 0) held.push(told)
    if (told.event === 'typing:started') showTyping(told.news.author)
    if (told.event === 'message:added') onMessage(told.news)
    set({ view: visitorReducer(state.view, told) })
    if (state.view.thread?.behind) void catchUp().catch(() => {})
  }

  function onMessage(message: Message): void {
    const { author, body, conversationId } = message
    if (author.role !== 'visitor') set({ typing: null })
    if (message.key) outbox.remove(message.key)
    const data = { conversation_id: conversationId, seq: message.seq }
    if (body.kind !== 'status') {
      tellPage(author.role === 'visitor' ? 'message:sent' : 'message:received', data)
      return
    }
    const { status } = body.now
    if (status === 'queued') tellPage('handoff:requested', data)
    if (status === 'open') tellPage('conversation:assigned', data)
    if (status === 'closed') tellPage('conversation:closed', data)
  }

  const tellPage = (name: string, data: object) => host.tell({ type: 'event', name, data })

  function showTyping(author: Message['author']): void {
    if (author.role !== 'agent') return
    set({ typing: author.agent })
    clearTimeout(typingEnds)
    typingEnds = setTimeout(() => set({ typing: null }), TYPING_SHOWN_MS)
  }

  /** Asks for what came after the last message on screen until nothing is missing. */
  async function catchUp(): Promise<void> {
    for (let more = true; more; ) {
      const thread = state.view.thread
      if (!thread || !connection) return
      const { id, lastSeq } = thread.conversation
      await snapshot(connection.ask('conversation:open', { conversationId: id, after: lastSeq }), page => {
        const current = state.view.thread
        if (current?.conversation.id !== id) return
        for (const message of page.messages) if (message.key) outbox.remove(message.key)
        setView({ thread: addLaterPage(current, page) })
        more = page.more
      })
      more &&= state.view.thread?.conversation.id === id
    }
  }

  async function deliver(item: Unsent): Promise<ConversationId> {
    if (!connection) throw new Error('nothing is sent before the chat has started')
    const { key, text, entryId, conversationId } = item
    const said = { key, text, ...(entryId === undefined ? {} : { entryId }) }
    if (conversationId !== null) {
      await connection.ask('message:send', { conversationId, ...said })
      return conversationId
    }
    const asked = connection.ask('conversation:start', { ...said, locale: words.lang })
    let id: ConversationId | undefined
    await snapshot(asked, page => {
      id = page.conversation.id
      if (state.screen.name === 'chat' && state.screen.id === null) {
        set({ screen: { name: 'chat', id } })
        setView({ thread: threadFrom(page) })
      }
      outbox.remove(key)
      tellPage('conversation:started', { conversation_id: id })
    })
    if (id === undefined) throw new Error('a conversation started without an id')
    if (wantsPerson) await askForPerson(id)
    wantsPerson = false
    return id
  }

  async function askForPerson(conversationId: ConversationId): Promise<void> {
    await connection?.ask('human:request', { conversationId })
  }

  const chatId = () => (state.screen.name === 'chat' ? state.screen.id : null)

  function tellTyping(): void {
    const conversationId = chatId()
    if (conversationId === null || Date.now() - typingTold < TYPING_EVERY_MS) return
    typingTold = Date.now()
    connection?.ask('typing:start', { conversationId }).catch(() => {})
  }

  function tellBadge(): void {
    const place = state.view.thread?.place?.position ?? 0
    const count = state.view.conversations.reduce((sum, row) => sum + row.unread, 0)
    const { launcher, launcherUnread, launcherQueue } = words
    const label = count > 0 ? launcherUnread(count) : place > 0 ? launcherQueue(place) : launcher
    host.tell({ type: 'badge', count, place, label })
  }

  return {
    redraw: () => set({}),
    setMenu: (menu: boolean) => set({ menu }),
    /** Answers whether there was a menu to close. */
    closeMenu: (): boolean => {
      const { menu } = state
      set({ menu: false })
      return menu
    },
    type: (draft: string) => {
      set({ draft })
      tellTyping()
    },
    setShown: (shown: boolean) => set({ shown }),
    start,
    retry: () => connection?.retry(),
    goHome: () => {
      set({ screen: { name: 'home' }, typing: null, menu: false })
      setView({ thread: null })
    },
    open: (id: ConversationId) => {
      set({ screen: { name: 'chat', id } })
      setView({ thread: null })
      const asked = connection?.ask('conversation:open', { conversationId: id })
      const show = (answer: Parameters<typeof threadFrom>[0]) => {
        if (chatId() === id) setView({ thread: threadFrom(answer) })
      }
      if (asked) snapshot(asked, show).catch(() => {})
    },
    showEarlier: async () => {
      const thread = state.view.thread
      const first = thread?.messages[0]?.seq
      if (!thread || !first || !connection) return
      const conversationId = thread.conversation.id
      const page = await connection.ask('conversation:open', { conversationId, before: first })
      const current = state.view.thread
      if (current?.conversation.id === conversationId) {
        setView({ thread: addEarlierPage(current, page) })
      }
    },
    /** Writes in the conversation on screen; from the home screen, the first words of a new one. */
    say: (text: string, option?: EntryOption) => {
      const conversationId = chatId()
      set({ draft: '', ...(conversationId === null ? { screen: { name: 'chat', id: null } } : {}) })
      outbox.send({ conversationId, text, ...(option ? { entryId: option.entryId } : {}) })
    },
    getPerson: () => {
      const id = chatId()
      if (id !== null) return void askForPerson(id).catch(() => {})
      wantsPerson = true
      set({ screen: { name: 'chat', id: null } })
      outbox.send({ conversationId: null, text: words.getPerson })
    },
    leaveQueue: (conversationId: ConversationId) => {
      connection?.ask('queue:leave', { conversationId }).catch(() => {})
    },
    end: (conversationId: ConversationId) => {
      set({ menu: false })
      connection?.ask('conversation:close', { conversationId }).catch(() => {})
    },
    markRead: (conversationId: ConversationId, seq: number) => {
      connection?.ask('message:read', { conversationId, seq }).catch(() => {})
    },
    /** Takes a refused message back into the composer. */
    edit: (item: Unsent) => {
      outbox.remove(item.key)
      set({ draft: item.text })
    },
    dropUnsent: (key: MessageKey) => outbox.remove(key),
    /** Forgets this visitor on this device. */
    shutdown: () => {
      connection?.close()
      keep.forget()
      set({ view: NOTHING, self: null, screen: { name: 'home' }, draft: '' })
    },
  }
}

export type Chat = ReturnType<typeof createChat>
