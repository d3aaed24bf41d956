import type { DatabaseSync } from 'node:sqlite'
import type { Conversation, ConversationState } from '@nightdesk/shared/conversation.ts'
import { agentOf, stateOf } from '@nightdesk/shared/conversation.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import type { ConversationStore, ConversationWithLast, Draft } from '../store.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Row } from './rows.ts'
import { sinceOf, toConversation, toMessage } from './rows.ts'

const NEWS = {
  visitor: "role <> 'visitor' AND kind <> 'status'",
  desk: "role = 'visitor' AND kind <> 'status'",
} as const

export function conversationStore(db: DatabaseSync, commit: GroupCommit): ConversationStore {
  const sql = {
    one: db.prepare('SELECT * FROM conversations WHERE id = ?'),
    byStart: db.prepare('SELECT * FROM conversations WHERE visitor_id = ? AND start_key = ?'),
    insert: db.prepare(`INSERT INTO conversations
      (id, site_id, visitor_id, start_key, locale, started_at, last_seq, epoch, read_by_visitor, read_by_desk,
       status, since, agent_code, state) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 'bot', ?, NULL, ?)`),
    advance: db.prepare('UPDATE conversations SET last_seq = ? WHERE id = ?'),
    change: db.prepare(`UPDATE conversations
      SET last_seq = ?, epoch = ?, status = ?, since = ?, agent_code = ?, state = ? WHERE id = ?`),
    read: {
      visitor: db.prepare('UPDATE conversations SET read_by_visitor = ? WHERE id = ?'),
      desk: db.prepare('UPDATE conversations SET read_by_desk = ? WHERE id = ?'),
    },
    addMessage: db.prepare(`INSERT INTO messages
      (conversation_id, seq, id, sent_at, role, author, kind, body, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    byKey: db.prepare('SELECT * FROM messages WHERE conversation_id = ? AND key = ?'),
    after: db.prepare('SELECT * FROM messages WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?'),
    before: db.prepare(
      'SELECT * FROM messages WHERE conversation_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?',
    ),
    last: {
      visitor: db.prepare(
        "SELECT * FROM messages WHERE conversation_id = ? AND kind <> 'status' ORDER BY seq DESC LIMIT 1",
      ),
      desk: db.prepare(`SELECT * FROM messages
        WHERE conversation_id = ? AND kind <> 'status' AND role <> 'bot' ORDER BY seq DESC LIMIT 1`),
    },
    unread: {
      visitor: db.prepare(
        `SELECT count(*) AS n FROM messages WHERE conversation_id = ? AND seq > ? AND ${NEWS.visitor}`,
      ),
      desk: db.prepare(
        `SELECT count(*) AS n FROM messages WHERE conversation_id = ? AND seq > ? AND ${NEWS.desk}`,
      ),
    },
    ofVisitor: db.prepare(
      'SELECT * FROM conversations WHERE visitor_id = ? ORDER BY started_at DESC LIMIT ?',
    ),
    waiting: db.prepare(
      "SELECT * FROM conversations WHERE site_id = ? AND status = 'queued' ORDER BY since, id",
    ),
    inbox: db.prepare(`SELECT * FROM conversations WHERE status = 'queued'
      UNION ALL SELECT * FROM conversations WHERE agent_code IS NOT NULL AND status = 'open'
      UNION ALL SELECT * FROM conversations WHERE agent_code = ? AND status = 'closed' AND since >= ?`),
    serves: db.prepare(
      "SELECT 1 FROM conversations WHERE visitor_id = ? AND agent_code = ? AND status = 'open' LIMIT 1",
    ),
    unanswered: db.prepare(`SELECT c.* FROM conversations c
      JOIN messages m ON m.conversation_id = c.id AND m.seq = c.last_seq
      WHERE c.status = 'bot' AND m.role = 'visitor' AND m.kind <> 'status'`),
  }

  const find = (id: ConversationId): Conversation | undefined => {
    const row = sql.one.get(id)
    return row && toConversation(row)
  }

  function insertMessage(id: ConversationId, seq: number, at: number, draft: Draft): Message {
    const message: Message = {
      id: newId('ms'),
      conversationId: id,
      seq,
      sentAt: at,
      author: draft.author,
      body: draft.body,
      ...(draft.key ? { key: draft.key } : {}),
    }
    sql.addMessage.run(
      id,
      seq,
      message.id,
      at,
      draft.author.role,
      JSON.stringify(draft.author),
      draft.body.kind,
      JSON.stringify(draft.body),
      draft.key ?? null,
    )
    return message
  }

  /** Writes what was decided; the caller holds the transaction. */
  function record(from: Conversation, at: number, state: ConversationState | undefined, drafts: Draft[]) {
    const added = drafts.map((draft, index) => insertMessage(from.id, from.lastSeq + index + 1, at, draft))
    const lastSeq = from.lastSeq + added.length
    if (!state) {
      sql.advance.run(lastSeq, from.id)
      return { conversation: { ...from, lastSeq }, added }
    }
    const epoch = from.epoch + 1
    const owner = agentOf(state)?.code ?? null
    const since = sinceOf(state, from.startedAt)
    sql.change.run(lastSeq, epoch, state.status, since, owner, JSON.stringify(stateOf(state)), from.id)
    const { id, siteId, visitorId, locale, startedAt, readByVisitor, readByDesk } = from
    const base = { id, siteId, visitorId, locale, startedAt, readByVisitor, readByDesk, lastSeq, epoch }
    return { conversation: { ...base, ...state }, added }
  }

  function withLast(row: Row, side: 'visitor' | 'desk'): ConversationWithLast {
    const conversation = toConversation(row)
    const last = sql.last[side].get(conversation.id)
    const read = side === 'visitor' ? conversation.readByVisitor : conversation.readByDesk
    const unread = Number(sql.unread[side].get(conversation.id, read)?.n)
    return { conversation, last: last ? toMessage(last) : null, unread }
  }

  return {
    start: ({ siteId, visitorId, locale, draft, at }) =>
      commit.write(() => {
        const before = sql.byStart.get(visitorId, draft.key)
        if (before) {
          const conversation = toConversation(before)
          const first = sql.byKey.get(conversation.id, draft.key)
          if (first) assertSame(toMessage(first), draft)
          return { conversation, added: [], repeated: true }
        }
        const id = newId('cv')
        sql.insert.run(id, siteId, visitorId, draft.key, locale, at, at, JSON.stringify({ status: 'bot' }))
        const empty = toConversation(sql.one.get(id) as Row)
        return { ...record(empty, at, undefined, [draft]), repeated: false }
      }),

    append: (id, at, decide, keyed) =>
      commit.write(() => {
        const conversation = find(id)
        if (!conversation) throw new ChatError('NOT_FOUND')
        const stored = keyed && sql.byKey.get(id, keyed.key)
        if (stored) {
          const message = toMessage(stored)
          assertSame(message, keyed)
          return { conversation, added: [], message }
        }
        const { state, drafts } = decide(conversation)
        if (!state && drafts.length === 0) return { conversation, added: [], message: undefined }
        const recorded = record(conversation, at, state, drafts)
        return { ...recorded, message: recorded.added[0] }
      }),

    markRead: (id, by, seq) =>
      commit.write(() => {
        const conversation = find(id)
        if (!conversation) throw new ChatError('NOT_FOUND')
        const mark = by === 'visitor' ? conversation.readByVisitor : conversation.readByDesk
        const next = Math.min(seq, conversation.lastSeq)
        if (next > mark) sql.read[by].run(next, id)
        const unread = Number(sql.unread[by].get(id, Math.max(next, mark))?.n)
        return { conversation, seq: Math.max(next, mark), unread, moved: next > mark }
      }),

    conversation: async id => find(id),

    page: async (id, range, limit) => {
      const conversation = find(id)
      if (!conversation) return undefined
      const forward = range !== 'latest' && 'after' in range
      const bound =
        range === 'latest' ? Number.MAX_SAFE_INTEGER : 'after' in range ? range.after : range.before
      // One more than asked for tells whether there is more.
      const rows = (forward ? sql.after : sql.before).all(id, bound, limit + 1)
      const messages = rows.slice(0, limit).map(toMessage)
      return { conversation, messages: forward ? messages : messages.reverse(), more: rows.length > limit }
    },

    conversationsOf: async (visitorId, limit) =>
      sql.ofVisitor.all(visitorId, limit).map(row => withLast(row, 'visitor')),

    waiting: async siteId => sql.waiting.all(siteId).map(toConversation),

    inbox: async (agent, closedSince) =>
      sql.inbox.all(agent.code, closedSince).map(row => withLast(row, 'desk')),

    overview: async (id, side) => {
      const row = sql.one.get(id)
      return row && withLast(row, side)
    },

    serves: async (agent, visitorId) => sql.serves.get(visitorId, agent.code) !== undefined,

    unanswered: async () => sql.unanswered.all().map(toConversation),
  }
}

/** G2: the same key is the same message for ever, so other words under it are refused. */
function assertSame(stored: Message, draft: Draft): void {
  const same =
    JSON.stringify(stored.author) === JSON.stringify(draft.author) &&
    JSON.stringify(stored.body) === JSON.stringify(draft.body)
  if (!same) throw new ChatError('KEY_REUSED')
}
