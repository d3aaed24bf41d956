import type { Conversation, Status } from '@nightdesk/shared/conversation.ts'
import type { ConversationId, VisitorId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import type { HeadStore } from '../store.ts'
import { toConversation, toMessage } from './rows.ts'
import { all, type Database, type Sql } from './sql.ts'

/** How nodes find out what other nodes have written. */
export function headStore({ dialect, read }: Database): HeadStore {
  return {
    headsSince: cursor =>
      read(
        (function* () {
          // The cursor is taken in the statement that reads, so nothing falls between this call and the next.
          const rows = yield* all(
            `SELECT s.settled, h.* FROM (SELECT ${dialect.settled} AS settled) s
             LEFT JOIN (SELECT m.conversation_id, c.visitor_id, c.status, c.agent_code, min(m.seq) AS first_seq,
                 max(m.seq) AS last_seq, max(CASE m.kind WHEN 'status' THEN 1 ELSE 0 END) AS moved
               FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.change >= ?
               GROUP BY m.conversation_id, c.visitor_id, c.status, c.agent_code) h ON true`,
            cursor ?? Number.MAX_SAFE_INTEGER,
          )
          const heads = rows.flatMap(row =>
            row.conversation_id === null
              ? []
              : [
                  {
                    conversationId: row.conversation_id as ConversationId,
                    visitorId: row.visitor_id as VisitorId,
                    status: row.status as Status,
                    agentCode: row.agent_code as string | null,
                    first: row.first_seq as number,
                    last: row.last_seq as number,
                    movesOwner: row.moved === 1,
                  },
                ],
          )
          return { cursor: Number(rows[0]?.settled), heads }
        })(),
      ),

    messagesIn: ranges =>
      // A conversation that is newer than the messages asked for does no harm: they follow.
      read(
        (function* (): Sql<{ conversation: Conversation; messages: Message[] }[]> {
          const rows = yield* all(
            `SELECT * FROM conversations WHERE ${dialect.isOneOf('id')}`,
            ranges.map(range => range.conversationId),
          )
          const conversations = new Map(rows.map(row => [row.id as string, toConversation(row)]))
          const found: { conversation: Conversation; messages: Message[] }[] = []
          for (const { conversationId, first, last } of ranges) {
            const conversation = conversations.get(conversationId)
            if (!conversation) continue
            const messages = yield* all(
              'SELECT * FROM messages WHERE conversation_id = ? AND seq BETWEEN ? AND ? ORDER BY seq',
              ...[conversationId, first, last],
            )
            found.push({ conversation, messages: messages.map(row => toMessage(row)) })
          }
          return found
        })(),
      ),
  }
}
