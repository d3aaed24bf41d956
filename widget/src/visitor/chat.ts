import type { ConversationId, MessageKey } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import { addEarlierPage, threadFrom } from '@nightdesk/shared/view/thread.ts'
import { AskError, type OpenSocket } from '../chat/connection.ts'
import { createKeeping, forgetKept } from '../chat/keeping.ts'
import { createOutbox, type Unsent } from '../chat/outbox.ts'
import { bannerOf } from './banner.ts'
import type { Host } from './host.ts'
import { pageNews } from './page-news.ts'
import type { SiteData } from './site.ts'
import { type ChatState, holdState } from './state.ts'
import { createSync } from './sync.ts'
import { words } from './words/words.ts'

const TYPING_SHOWN_MS = 6000
const TYPING_EVERY_MS = 3000

/** What a button means beside its words. */
export type Pressed = Pick<Unsent, 'entryId' | 'rates'>

export type Chat = ReturnType<typeof createChat>

/** What a visitor can do, with no word about sockets or elements. */
export function createChat(
  site: Pick<SiteData, 'id' | 'outbox'>,
  host: Host,
  draw: (state: ChatState) => void,
  openSocket?: OpenSocket,
) {
  const news = pageNews(host)
  const state = holdState(now => {
    draw(now)
    news.badge(now)
  })
  const watchLine = bannerOf(banner => state.set({ banner }))
  const outbox = createOutbox(deliver, unsent => {
    state.set({ unsent })
    watchLine(state.now.line, unsent)
    void keeping.load()
    // Another tab sent the first words of the conversation on screen.
    const made = unsent.find(item => item.state.name === 'accepted')?.conversationId
    const { screen } = state.now
    if (made && screen.name === 'chat' && screen.id === null) open(made)
  })
  const keeping = createKeeping(
    {
      name: site.id,
      outbox,
      onMemory: memory => state.set({ memory }),
      onRestored: items => {
        if (state.now.screen.name === 'home') open(items.at(-1)?.conversationId ?? null)
      },
    },
    site.outbox,
  )
  const sync = createSync({
    siteId: site.id,
    host,
    state,
    openSocket,
    onMessage,
    onTyping: showTyping,
    onReady: () => {
      outbox.flush()
      callPerson()
    },
    onProof: keeping.own,
    onOther: () => {
      wanted = null
      for (const { key } of state.now.unsent) outbox.remove(key)
    },
    onLine: line => {
      state.set({ line })
      watchLine(line, state.now.unsent)
      if (line.state === 'connected') void keeping.load()
    },
  })
  /** Where a person is wanted and the server does not know it yet: kept until it does. */
  let wanted: ConversationId | 'new' | null = null
  let typingEnds: ReturnType<typeof setTimeout> | undefined
  let typingTold = 0

  function onMessage(message: Message): void {
    if (message.author.role !== 'visitor') state.set({ typing: null })
    if (message.key) outbox.remove(message.key)
    news.message(message)
  }

  function showTyping(id: ConversationId, author: Message['author']): void {
    if (author.role !== 'agent' || id !== state.chatId()) return
    state.set({ typing: author.agent })
    clearTimeout(typingEnds)
    typingEnds = setTimeout(() => state.set({ typing: null }), TYPING_SHOWN_MS)
  }

  async function deliver(item: Unsent): Promise<ConversationId> {
    const { conversationId, writtenAt, state: _, ...said } = item
    const { key } = said
    if (conversationId !== null) {
      const { seq } = await sync.ask('message:send', { conversationId, ...said })
      const row = state.now.view.conversations.find(one => one.id === conversationId)
      // Stored before a reload: it is in the thread and nobody will tell of it again.
      if (row && seq <= row.lastSeq) removeSoon(key)
      return conversationId
    }
    const asked = sync.ask('conversation:start', { ...said, locale: words.lang })
    const made = await sync.snapshot(asked, page => {
      const { id } = page.conversation
      const { screen } = state.now
      if (screen.name === 'chat' && screen.id === null) {
        state.set({ screen: { name: 'chat', id } })
        state.setView({ thread: threadFrom(page) })
      }
      removeSoon(key)
      news.started(id)
      return id
    })
    if (wanted === 'new') wanted = made
    callPerson()
    return made
  }

  /** Once the outbox has heard that it was accepted. */
  const removeSoon = (key: MessageKey) => setTimeout(() => outbox.remove(key))

  /** `null`: a conversation whose first words are on their way. */
  function open(id: ConversationId | null): void {
    state.set({ screen: { name: 'chat', id } })
    state.setView({ thread: null })
    if (id !== null) sync.open(id).catch(() => {})
  }

  /** Asking again is no harm: who waits already keeps the place. */
  function callPerson(): void {
    if (wanted === null || wanted === 'new') return
    const conversationId = wanted
    sync.ask('human:request', { conversationId }).then(
      () => {
        if (wanted === conversationId) wanted = null
      },
      error => {
        if (error instanceof AskError && error.refusal.retry === 'never') wanted = null
      },
    )
  }

  function tellTyping(): void {
    const conversationId = state.chatId()
    if (conversationId === null || Date.now() - typingTold < TYPING_EVERY_MS) return
    typingTold = Date.now()
    sync.ask('typing:start', { conversationId }).catch(() => {})
  }

  return {
    start: sync.start,
    retry: sync.retry,
    shutdown: () => {
      sync.forget()
      return forgetKept(site.id)
    },
    redraw: () => state.set({}),
    setShown: (shown: boolean) => state.set({ shown }),
    setMenu: (menu: boolean) => state.set({ menu }),
    /** Answers whether there was a menu to close. */
    closeMenu: (): boolean => {
      const { menu } = state.now
      state.set({ menu: false })
      return menu
    },
    type: (draft: string) => {
      state.set({ draft })
      tellTyping()
    },
    goHome: () => {
      state.set({ screen: { name: 'home' }, typing: null, menu: false })
      state.setView({ thread: null })
    },
    open,
    showEarlier: async () => {
      const { thread } = state.now.view
      const before = thread?.messages[0]?.seq
      if (!thread || !before) return
      const conversationId = thread.conversation.id
      const page = await sync.ask('conversation:open', { conversationId, before })
      const current = state.now.view.thread
      if (current?.conversation.id === conversationId)
        state.setView({ thread: addEarlierPage(current, page) })
    },
    /** Writes in the conversation on screen; from the home screen, the first words of a new one. */
    say: (text: string, pressed?: Pressed) => {
      const conversationId = state.chatId()
      state.set({ draft: '' })
      if (conversationId === null) open(null)
      outbox.send({ conversationId, text, ...pressed })
    },
    getPerson: () => {
      const { screen } = state.now
      wanted = screen.name === 'chat' && screen.id !== null ? screen.id : 'new'
      callPerson()
      // Words that are on their way already make the conversation in which the person is wanted.
      if (wanted !== 'new' || screen.name === 'chat') return
      open(null)
      outbox.send({ conversationId: null, text: words.getPerson })
    },
    leaveQueue: (conversationId: ConversationId) => {
      sync.ask('queue:leave', { conversationId }).catch(() => {})
    },
    end: (conversationId: ConversationId) => {
      state.set({ menu: false })
      sync.ask('conversation:close', { conversationId }).catch(() => {})
    },
    markRead: (conversationId: ConversationId, seq: number) => {
      sync.ask('message:read', { conversationId, seq }).catch(() => {})
    },
    /** Takes a refused message back into the composer. */
    edit: (item: Unsent) => {
      outbox.remove(item.key)
      state.set({ draft: item.text })
    },
    dropUnsent: (key: MessageKey) => outbox.remove(key),
  }
}
