import { isForVisitor } from '../message.ts'
import type { ConversationSummary, VisitorTell } from '../protocol/visitor.ts'
import type { Thread } from './thread.ts'
import { addMessage, followMessage, followRead } from './thread.ts'

/** Everything the visitor app shows that comes from the server. */
export type VisitorView = {
  onDuty: boolean
  /** Latest first. */
  conversations: readonly ConversationSummary[]
  /** The conversation on screen, if one is. */
  thread: Thread | null
}

/** The one update path of the visitor app: its own tab learns of its own messages here too. */
export function visitorReducer(view: VisitorView, tell: VisitorTell): VisitorView {
  switch (tell.event) {
    case 'duty:changed':
      return { ...view, onDuty: tell.news.onDuty }
    case 'conversation:started': {
      if (view.conversations.some(row => row.id === tell.news.id)) return view
      return { ...view, conversations: [tell.news, ...view.conversations] }
    }
    case 'message:added': {
      const message = tell.news
      return {
        ...view,
        conversations: changeRow(view, message.conversationId, row => {
          if (message.seq !== row.lastSeq + 1) return row
          const unread = row.unread + (isForVisitor(message) ? 1 : 0)
          const last = message.body.kind === 'status' ? row.last : message
          return { ...followMessage(row, message), last, unread }
        }),
        thread: view.thread && addMessage(view.thread, message),
      }
    }
    case 'message:read': {
      const mark = tell.news
      return {
        ...view,
        conversations: changeRow(view, mark.conversationId, row => ({
          ...followRead(row, mark),
          unread: mark.by === 'visitor' && mark.seq > row.readByVisitor ? mark.unread : row.unread,
        })),
        thread: changeThread(view, mark.conversationId, thread => ({
          ...thread,
          conversation: followRead(thread.conversation, mark),
        })),
      }
    }
    case 'queue:moved': {
      const { conversationId, place } = tell.news
      return {
        ...view,
        thread: changeThread(view, conversationId, thread =>
          thread.conversation.state.status === 'queued' ? { ...thread, place } : thread,
        ),
      }
    }
    case 'typing:started':
      return view
  }
}

function changeRow(view: VisitorView, id: string, change: (row: ConversationSummary) => ConversationSummary) {
  return view.conversations.map(row => (row.id === id ? change(row) : row))
}

function changeThread(view: VisitorView, id: string, change: (thread: Thread) => Thread): Thread | null {
  return view.thread?.conversation.id === id ? change(view.thread) : view.thread
}
