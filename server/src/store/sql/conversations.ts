import { ChatError } from '@nightdesk/shared/errors.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import type { Rating } from '@nightdesk/shared/message.ts'
import type { ConversationStore, ConversationWithLast, Start, Started } from '../store.ts'
import { type AppendTask, appendAll, assertSame, insertMessages, newMessage } from './append.ts'
import { toConversation, toMessage } from './rows.ts'
import { all, type Database, first, type Row, type Sql } from './sql.ts'

/** What counts as unread for a side, and what it is shown as the last words. */
const SIDES = {
  visitor: {
    mark: 'read_by_visitor',
    news: "m.role <> 'visitor' AND m.kind <> 'status'",
    words: "m.kind <> 'status'",
  },
  desk: {
    mark: 'read_by_desk',
    news: "m.role = 'visitor' AND m.kind <> 'status'",
    words: "m.kind <> 'status' AND m.role <> 'bot'",
  },
} as const
type Side = keyof typeof SIDES

const LAST = ['conversation_id', 'seq', 'id', 'sent_at', 'author', 'body', 'key']

export function conversationStore(database: Database): ConversationStore {
  const { dialect, read, snapshot, write } = database
  const append = database.batch((tasks: AppendTask[]) => appendAll(dialect, tasks))

  function* find(id: ConversationId) {
    const row = yield* first('SELECT * FROM conversations WHERE id = ?', id)
    return row && toConversation(row)
  }

  function* start({ siteId, visitorId, locale, draft, at }: Start): Sql<Started> {
    // Whose browser has logged in meanwhile is somebody else now, and their conversations have moved.
    const visitor = yield* first(`SELECT adopted_by FROM visitors WHERE id = ?${dialect.lock}`, visitorId)
    if (visitor?.adopted_by) throw new ChatError('SESSION_INVALID')
    const before = yield* first(
      'SELECT * FROM conversations WHERE visitor_id = ? AND start_key = ?',
      visitorId,
      draft.key,
    )
    if (before) {
      const conversation = toConversation(before)
      const [words] = yield* dialect.find(
        'messages',
        ['conversation_id', 'key'],
        [[conversation.id, draft.key]],
      )
      if (words) assertSame(toMessage(words), draft)
      return { conversation, added: [], repeated: true }
    }
    const id = newId('cv')
    const row = yield* first(
      `INSERT INTO conversations
        (id, site_id, visitor_id, start_key, locale, started_at, last_seq, epoch, read_by_visitor, read_by_desk,
         status, since, agent_code, state)
       VALUES (?, ?, ?, ?, ?, ?, 1, 0, 0, 0, 'bot', ?, NULL, '{"status":"bot"}') RETURNING *`,
      ...[id, siteId, visitorId, draft.key, locale, at, at],
    )
    const added = [newMessage(id, 1, at, draft)]
    yield* insertMessages(dialect, added)
    return { conversation: toConversation(row as Row), added, repeated: false }
  }

  return {
    start: one => write(() => start(one)),

    append: (id, at, what) => append({ id, at, ...what }),

    markRead: (id, by, seq) =>
      write(function* () {
        const { mark } = SIDES[by]
        const [moved] = yield* all(
          `UPDATE conversations SET ${mark} = CASE WHEN last_seq < ? THEN last_seq ELSE ? END
           WHERE id = ? AND ${mark} < ? AND ${mark} < last_seq RETURNING id`,
          ...[seq, seq, id, seq],
        )
        const row = yield* first(`SELECT c.*, ${unread(by)} FROM conversations c WHERE c.id = ?`, id)
        if (!row) throw new ChatError('NOT_FOUND')
        const is = Number(row[mark])
        const conversation = toConversation(row)
        return { conversation, seq: is, unread: Number(row.unread), moved: moved !== undefined }
      }),

    conversation: id => read(find(id)),

    page: (id, range, limit) =>
      snapshot(function* () {
        const conversation = yield* find(id)
        if (!conversation) return undefined
        const forward = range !== 'latest' && 'after' in range
        const [order, bound] = forward
          ? ['m.seq > ? ORDER BY m.seq', range.after]
          : ['m.seq < ? ORDER BY m.seq DESC', range === 'latest' ? Number.MAX_SAFE_INTEGER : range.before]
        const text = `SELECT * FROM messages m WHERE m.conversation_id = ? AND ${order} LIMIT ? + 0`
        // One more than asked for tells whether there is more.
        const rows = yield* all(text, id, bound, limit + 1)
        const messages = rows.slice(0, limit).map(row => toMessage(row))
        return {
          conversation,
          messages: forward ? messages : messages.reverse(),
          more: rows.length > limit,
        }
      }),

    conversationsOf: (visitorId, limit) =>
      read(withLast('visitor', 'c.visitor_id = ? ORDER BY c.started_at DESC LIMIT ? + 0', visitorId, limit)),

    waiting: siteId =>
      read(
        conversations(
          "SELECT * FROM conversations WHERE site_id = ? AND status = 'queued' ORDER BY since, id",
          siteId,
        ),
      ),

    inbox: (agent, closedSince) =>
      read(
        withLast(
          'desk',
          `c.id IN (SELECT id FROM conversations WHERE status = 'queued'
            UNION ALL SELECT id FROM conversations WHERE status = 'open'
            UNION ALL SELECT id FROM conversations WHERE agent_code = ? AND status = 'closed' AND since >= ?)`,
          ...[agent.code, closedSince],
        ),
      ),

    overview: async (id, side) => (await read(withLast(side, 'c.id = ?', id)))[0],

    serves: async (agent, visitorId) => {
      const text =
        "SELECT id FROM conversations WHERE visitor_id = ? AND agent_code = ? AND status = 'open' LIMIT 1"
      return (await read(first(text, visitorId, agent.code))) !== undefined
    },

    unanswered: () =>
      read(
        conversations(`SELECT c.* FROM conversations c
          JOIN messages m ON m.conversation_id = c.id AND m.seq = c.last_seq
          WHERE c.status = 'bot' AND m.role = 'visitor' AND m.kind <> 'status'
            AND NOT (m.kind = 'rating' AND m.body LIKE '%"helped":true}')`),
      ),

    ratings: (siteId, limit) =>
      read(
        (function* () {
          const rows = yield* all(
            `SELECT m.body, c.visitor_id FROM messages m JOIN conversations c ON c.id = m.conversation_id
             WHERE m.kind = 'rating' AND c.site_id = ? ORDER BY m.change DESC LIMIT ?`,
            siteId,
            limit * OF_ONE_VISITOR,
          )
          return ofManyVisitors(rows).slice(0, limit)
        })(),
      ),
  }
}

/** Nobody's clicks count more often: whoever wants to move a bot needs many visitors. */
const OF_ONE_VISITOR = 3

/** The latest ratings, few of each visitor, and of each answer the last one. */
function ofManyVisitors(rows: readonly Row[]): Rating[] {
  const counts = new Map<unknown, number>()
  const seen = new Set<string>()
  return rows.flatMap(row => {
    const rating = JSON.parse(row.body as string) as Rating
    const [count, name] = [counts.get(row.visitor_id) ?? 0, `${row.visitor_id} ${rating.entryId}`]
    if (count >= OF_ONE_VISITOR || seen.has(name)) return []
    counts.set(row.visitor_id, count + 1)
    seen.add(name)
    return [rating]
  })
}

const unread = (side: Side) => `(SELECT count(*) FROM messages m
  WHERE m.conversation_id = c.id AND m.seq > c.${SIDES[side].mark} AND ${SIDES[side].news}) AS unread`

function* conversations(text: string, ...values: string[]) {
  const rows = yield* all(text, ...values)
  return rows.map(toConversation)
}

/** Conversations with their last words and what the side has not read, all of one moment. */
function* withLast(side: Side, where: string, ...values: (string | number)[]): Sql<ConversationWithLast[]> {
  const last = LAST.map(column => `l.${column} AS l_${column}`).join(', ')
  const rows = yield* all(
    `SELECT c.*, ${unread(side)}, ${last} FROM conversations c
     LEFT JOIN messages l ON l.conversation_id = c.id AND l.seq = (SELECT m.seq FROM messages m
       WHERE m.conversation_id = c.id AND ${SIDES[side].words} ORDER BY m.seq DESC LIMIT 1)
     WHERE ${where}`,
    ...values,
  )
  return rows.map(row => ({
    conversation: toConversation(row),
    last: row.l_id === null ? null : toMessage(row, 'l_'),
    unread: Number(row.unread),
  }))
}
