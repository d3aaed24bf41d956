import type { Message } from '../message.ts'
import type { ConversationView, Page, ReadMark } from '../protocol/schemas.ts'
import type { QueuePlace } from '../queue.ts'

/**
 * One conversation as a client holds it: a run of messages without gaps that ends at `conversation.lastSeq`.
 * The law of `tests/laws`: an old snapshot plus the events since then equals a fresh snapshot.
 */
export type Thread = {
  conversation: ConversationView
  messages: readonly Message[]
  /** Whether there are messages before the first one held. */
  earlier: boolean
  place: QueuePlace | null
  /** An event came that does not follow the last one: ask what came after `lastSeq`. */
  behind: boolean
}

export function threadFrom(page: Page & { place?: QueuePlace | null }): Thread {
  return {
    conversation: page.conversation,
    messages: page.messages,
    earlier: (page.messages[0]?.seq ?? 1) > 1,
    place: page.place ?? null,
    behind: false,
  }
}

/** Adds the next message, ignores one that is held already, notes a gap. Never reorders (G3). */
export function addMessage(thread: Thread, message: Message): Thread {
  const { lastSeq } = thread.conversation
  if (message.conversationId !== thread.conversation.id || message.seq <= lastSeq) return thread
  if (message.seq > lastSeq + 1) return { ...thread, behind: true }
  const conversation = followMessage(thread.conversation, message)
  return {
    ...thread,
    conversation,
    messages: [...thread.messages, message],
    place: conversation.state.status === 'queued' ? thread.place : null,
  }
}

/** Adds a page that was asked for by `after`. The thread stays behind while there is more. */
export function addLaterPage(thread: Thread, page: Page & { place?: QueuePlace | null }): Thread {
  const caughtUp = page.messages.reduce(addMessage, { ...thread, behind: false })
  if (page.more) return { ...caughtUp, behind: true }
  return {
    ...caughtUp,
    conversation:
      page.conversation.lastSeq >= caughtUp.conversation.lastSeq ? page.conversation : caughtUp.conversation,
    place: page.place ?? null,
  }
}

/** Adds a page that was asked for by `before`. */
export function addEarlierPage(thread: Thread, page: Page): Thread {
  const first = thread.messages[0]?.seq ?? 1
  const older = page.messages.filter(message => message.seq < first)
  return { ...thread, messages: [...older, ...thread.messages], earlier: (older[0]?.seq ?? first) > 1 }
}

/** The conversation after one more message; a status message carries the new owner. */
export function followMessage<C extends ConversationView>(conversation: C, message: Message): C {
  const state = message.body.kind === 'status' ? message.body.now : conversation.state
  return { ...conversation, state, lastSeq: message.seq }
}

/** The conversation after a read mark moved; marks only move forward. */
export function followRead<C extends ConversationView>(conversation: C, mark: ReadMark): C {
  const field = mark.by === 'visitor' ? 'readByVisitor' : 'readByDesk'
  return mark.seq > conversation[field] ? { ...conversation, [field]: mark.seq } : conversation
}
