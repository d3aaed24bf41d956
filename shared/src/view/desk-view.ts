import { isForDesk, previewOf } from '../message.ts'
import type { AgentTell, InboxRow } from '../protocol/agent.ts'
import type { Thread } from './thread.ts'
import { addMessage, followMessage, followRead } from './thread.ts'

/** Everything the desk shows that comes from the server. */
export type DeskView = {
  rows: readonly InboxRow[]
  /** The conversation on screen, if one is. */
  thread: Thread | null
}

export function deskReducer(view: DeskView, tell: AgentTell): DeskView {
  switch (tell.event) {
    case 'inbox:updated': {
      const row = tell.news
      const held = view.rows.find(other => other.id === row.id)
      if (held && isLater(held, row)) return view
      const rows = held ? view.rows.map(other => (other === held ? row : other)) : [...view.rows, row]
      // A colleague took what this agent was reading: the words leave the screen with the right to read them.
      const lost = row.preview === null && view.thread?.conversation.id === row.id
      return { rows, thread: lost ? null : view.thread }
    }
    case 'inbox:removed': {
      const { conversationId } = tell.news
      const shown = view.thread?.conversation.id === conversationId
      return {
        rows: view.rows.filter(row => row.id !== conversationId),
        thread: shown ? null : view.thread,
      }
    }
    case 'message:added': {
      const message = tell.news
      return {
        rows: changeRow(view, message.conversationId, row => {
          if (message.seq <= row.lastSeq) return row
          const next = followMessage(row, message)
          if (message.body.kind === 'status') return { ...next, epoch: row.epoch + 1 }
          const by = message.author.role
          if (by === 'bot') return next
          const unread = row.unread + (isForDesk(message) ? 1 : 0)
          return { ...next, updatedAt: message.sentAt, preview: { by, text: previewOf(message) }, unread }
        }),
        thread: view.thread && addMessage(view.thread, message),
      }
    }
    case 'message:read': {
      const mark = tell.news
      const thread = view.thread
      return {
        rows: changeRow(view, mark.conversationId, row => ({
          ...followRead(row, mark),
          unread: mark.by === 'desk' && mark.seq > row.readByDesk ? mark.unread : row.unread,
        })),
        thread:
          thread?.conversation.id === mark.conversationId
            ? { ...thread, conversation: followRead(thread.conversation, mark) }
            : thread,
      }
    }
    case 'typing:started':
      return view
  }
}

/** Whose turn it is, in service order within each group. */
export function inboxOf(rows: readonly InboxRow[], code: string) {
  const owned = (row: InboxRow) => row.state.status === 'open' && row.state.agent.code === code
  return {
    mine: rows.filter(owned).sort((a, b) => waitingSince(a) - waitingSince(b)),
    queue: rows
      .filter(row => row.state.status === 'queued')
      .sort((a, b) => waitingSince(a) - waitingSince(b)),
    all: [...rows].sort((a, b) => waitingSince(a) - waitingSince(b)),
    closed: rows
      .filter(row => row.state.status === 'closed')
      .sort((a, b) => waitingSince(b) - waitingSince(a)),
  }
}

/** Since when a conversation stands as it does, for ordering: oldest first. */
export function waitingSince(row: InboxRow): number {
  switch (row.state.status) {
    case 'queued':
      return row.state.queuedAt
    case 'open':
      return row.state.openedAt
    case 'closed':
      return row.state.closedAt
    case 'bot':
      return row.startedAt
  }
}

function isLater(held: InboxRow, row: InboxRow): boolean {
  return held.epoch > row.epoch || (held.epoch === row.epoch && held.lastSeq > row.lastSeq)
}

function changeRow(view: DeskView, id: string, change: (row: InboxRow) => InboxRow) {
  return view.rows.map(row => (row.id === id ? change(row) : row))
}
