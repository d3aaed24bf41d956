import type { ConversationId, VisitorId } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import type { VisitorStore } from '../store.ts'
import { toVisitor } from './rows.ts'
import { all, type Database, first, type Row } from './sql.ts'

const COLUMNS = 'id, site_id, external_id, name, locale, created_at, logged_out_at'

export function visitorStore({ dialect, read, write }: Database): VisitorStore {
  function* bySubject(siteId: string, externalId: string) {
    const row = yield* first(
      'SELECT * FROM visitors WHERE site_id = ? AND external_id = ?',
      siteId,
      externalId,
    )
    return row && toVisitor(row)
  }

  return {
    visitor: async id => {
      const row = await read(first('SELECT * FROM visitors WHERE id = ?', id))
      return row && toVisitor(row)
    },

    verifiedVisitor: async ({ siteId, externalId, name, locale, at }) => {
      const known = await read(bySubject(siteId, externalId))
      if (known && known.name === name) return known
      const row = await write(() =>
        first(
          `INSERT INTO visitors (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, 0)
           ON CONFLICT (site_id, external_id) WHERE external_id IS NOT NULL
           DO UPDATE SET name = excluded.name RETURNING *`,
          ...[newId('vi'), siteId, externalId, name, locale, at],
        ),
      )
      return toVisitor(row as Row)
    },

    newAnonymousVisitor: ({ siteId, locale, tokenHash, at }) =>
      write(function* () {
        const id = newId('vi')
        const row = yield* first(
          `INSERT INTO visitors (${COLUMNS}) VALUES (?, ?, NULL, NULL, ?, ?, 0) RETURNING *`,
          ...[id, siteId, locale, at],
        )
        const session = 'INSERT INTO visitor_sessions (token_hash, visitor_id, created_at) VALUES (?, ?, ?)'
        yield* all(session, tokenHash, id, at)
        return toVisitor(row as Row)
      }),

    visitorBySession: async (siteId, tokenHash) => {
      const text = `SELECT v.* FROM visitor_sessions s JOIN visitors v ON v.id = s.visitor_id
        WHERE s.token_hash = ? AND v.site_id = ?`
      const row = await read(first(text, tokenHash, siteId))
      return row && toVisitor(row)
    },

    adopt: (anonymous, verified, at) =>
      write(function* () {
        // Held until the commit, so that no conversation starts under the old name in between.
        yield* all(`SELECT id FROM visitors WHERE id = ?${dialect.lock}`, anonymous)
        // The same first words may have been sent again after the log-in; the copy gives up its key, not its place.
        yield* all(
          `UPDATE conversations SET start_key = id WHERE visitor_id = ?
           AND start_key IN (SELECT start_key FROM conversations WHERE visitor_id = ?)`,
          ...[anonymous, verified],
        )
        const moved = yield* all(
          'UPDATE conversations SET visitor_id = ? WHERE visitor_id = ? RETURNING id',
          ...[verified, anonymous],
        )
        yield* all('DELETE FROM visitor_sessions WHERE visitor_id = ?', anonymous)
        yield* all(
          'UPDATE visitors SET adopted_by = ?, logged_out_at = ? WHERE id = ?',
          ...[verified, at, anonymous],
        )
        return moved.map(row => row.id as ConversationId)
      }),

    logOut: (siteId, externalId, at) =>
      write(function* () {
        const row = yield* first(
          `UPDATE visitors SET logged_out_at = ? WHERE site_id = ? AND external_id = ? AND logged_out_at < ?
           RETURNING id`,
          ...[at, siteId, externalId, at],
        )
        return row?.id as VisitorId | undefined
      }),

    goneSince: async at => {
      const rows = await read(
        all('SELECT id, logged_out_at FROM visitors WHERE logged_out_at >= ? AND logged_out_at > 0', at),
      )
      return rows.map(row => ({ id: row.id as VisitorId, at: row.logged_out_at as number }))
    },
  }
}
