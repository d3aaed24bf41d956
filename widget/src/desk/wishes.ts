import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { addEarlierPage } from '@nightdesk/shared/view/thread.ts'
import { AskError } from '../chat/connection.ts'
import type { Unsent } from '../chat/outbox.ts'
import { type Desk, setDraft, type Trouble } from './desk.ts'
import type { Live } from './live.ts'
import { goTo, place } from './place.ts'

const TYPING_EVERY_MS = 3000

/** What an agent can do at the desk. Every wish that is refused leaves its reason where it was made. */
export type Wishes = ReturnType<typeof createWishes>

export function createWishes(desk: Desk, live: Live) {
  const { view, trouble } = desk
  let typedAt = 0
  let marked = ''

  async function wish(name: Trouble['wish'], work: () => Promise<unknown>): Promise<void> {
    const about = place.value.selected
    const { value: other } = desk.asked
    if (other?.wish === name && other.about === about) return
    const asked = { wish: name, about }
    desk.asked.value = asked
    trouble.value = null
    try {
      await work()
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      if (place.value.selected === about) trouble.value = { wish: name, refusal: error.refusal }
    } finally {
      if (desk.asked.value === asked) desk.asked.value = null
    }
  }

  return {
    /** Shows a conversation. The address and the screen follow from `place`. */
    select: (id: ConversationId) => {
      desk.cameFrom.value = null
      goTo({ selected: id })
    },
    /** Shows an earlier conversation of the same visitor, with a way back. */
    lookBack: (id: ConversationId) => {
      desk.cameFrom.value ??= place.value.selected
      goTo({ selected: id })
    },
    comeBack: () => {
      const { value: id } = desk.cameFrom
      desk.cameFrom.value = null
      goTo({ selected: id })
    },
    /** Brings the screen in line with the place: called whenever another conversation is chosen. */
    show: (id: ConversationId | null) => {
      trouble.value = null
      // Back leads from an earlier conversation to the list.
      if (id === null) desk.cameFrom.value = null
      if (view.value.thread?.conversation.id === id) return
      view.value = { ...view.value, thread: null }
      desk.customer.value = null
      if (id && desk.me.value) void live.open(id)
    },
    openAgain: (id: ConversationId) => {
      trouble.value = null
      void live.open(id)
    },
    earlier: () =>
      wish('earlier', async () => {
        const { thread } = view.value
        const before = thread?.messages[0]?.seq
        if (!thread || before === undefined) return
        const conversationId = thread.conversation.id
        const page = await live.ask('conversation:open', { conversationId, before })
        const now = view.value.thread
        if (now?.conversation.id !== conversationId) return
        view.value = { ...view.value, thread: addEarlierPage(now, page) }
      }),
    take: (conversationId: ConversationId) =>
      wish('take', async () => {
        await live.ask('conversation:take', { conversationId })
        if (place.value.selected === conversationId) goTo({ tab: 'mine' })
      }),
    handBack: (conversationId: ConversationId) =>
      wish('handBack', () => live.ask('conversation:handBack', { conversationId })),
    close: (conversationId: ConversationId) =>
      wish('close', () => live.ask('conversation:close', { conversationId })),
    write: (id: ConversationId, text: string) => {
      setDraft(desk, id, text)
      if (text.trim() === '' || Date.now() - typedAt < TYPING_EVERY_MS) return
      typedAt = Date.now()
      live.ask('typing:start', { conversationId: id }).catch(() => {})
    },
    send: (conversationId: ConversationId, text: string) => {
      setDraft(desk, conversationId, '')
      typedAt = 0
      live.outbox.send({ conversationId, text: text.trim() })
    },
    /** Refused words go back to where they can be changed, above what was written since. */
    edit: ({ key, conversationId, text }: Unsent) => {
      if (!conversationId) return
      const draft = desk.drafts.value.get(conversationId)
      setDraft(desk, conversationId, draft ? `${text}\n${draft}` : text)
      live.outbox.remove(key)
    },
    remove: ({ key }: Unsent) => live.outbox.remove(key),
    /** Marks are hints: one that is lost is said again with the next message. */
    read: (conversationId: ConversationId, seq: number) => {
      const mark = `${conversationId} ${seq}`
      if (mark === marked) return
      marked = mark
      live.ask('message:read', { conversationId, seq }).catch(() => {
        marked = ''
      })
    },
  }
}
