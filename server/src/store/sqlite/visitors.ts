import type { DatabaseSync } from 'node:sqlite'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import type { Visitor, VisitorStore } from '../store.ts'
import type { GroupCommit } from './group-commit.ts'
import { toVisitor } from './rows.ts'

export function visitorStore(db: DatabaseSync, commit: GroupCommit): VisitorStore {
  const sql = {
    one: db.prepare('SELECT * FROM visitors WHERE id = ?'),
    external: db.prepare('SELECT * FROM visitors WHERE site_id = ? AND external_id = ?'),
    bySession: db.prepare(`SELECT v.* FROM visitor_sessions s JOIN visitors v ON v.id = s.visitor_id
      WHERE s.token_hash = ? AND v.site_id = ?`),
    insert: db.prepare(
      'INSERT INTO visitors (id, site_id, external_id, name, locale, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    rename: db.prepare('UPDATE visitors SET name = ? WHERE id = ?'),
    addSession: db.prepare(
      'INSERT INTO visitor_sessions (token_hash, visitor_id, created_at) VALUES (?, ?, ?)',
    ),
    endSessions: db.prepare('DELETE FROM visitor_sessions WHERE visitor_id = ?'),
    owned: db.prepare('SELECT id FROM conversations WHERE visitor_id = ?'),
    // The same first words may have been sent again after the log-in; the copy gives up its key, not its place.
    freeKeys: db.prepare(`UPDATE conversations SET start_key = id WHERE visitor_id = ?
      AND start_key IN (SELECT start_key FROM conversations WHERE visitor_id = ?)`),
    move: db.prepare('UPDATE conversations SET visitor_id = ? WHERE visitor_id = ?'),
  }

  function insert(visitor: Omit<Visitor, 'id'>): Visitor {
    const id = newId('vi')
    sql.insert.run(id, visitor.siteId, visitor.externalId, visitor.name, visitor.locale, visitor.createdAt)
    return { id, ...visitor }
  }

  return {
    visitor: async id => {
      const row = sql.one.get(id)
      return row && toVisitor(row)
    },

    verifiedVisitor: async ({ siteId, externalId, name, locale, at }) => {
      const known = sql.external.get(siteId, externalId)
      if (known && known.name === name) return toVisitor(known)
      return commit.write(() => {
        const row = sql.external.get(siteId, externalId)
        if (!row) return insert({ siteId, externalId, name, locale, createdAt: at })
        const visitor = toVisitor(row)
        sql.rename.run(name, visitor.id)
        return { ...visitor, name }
      })
    },

    newAnonymousVisitor: ({ siteId, locale, tokenHash, at }) =>
      commit.write(() => {
        const visitor = insert({ siteId, externalId: null, name: null, locale, createdAt: at })
        sql.addSession.run(tokenHash, visitor.id, at)
        return visitor
      }),

    visitorBySession: async (siteId, tokenHash) => {
      const row = sql.bySession.get(tokenHash, siteId)
      return row && toVisitor(row)
    },

    adopt: (anonymous, verified) =>
      commit.write(() => {
        const moved = sql.owned.all(anonymous).map(row => row.id as ConversationId)
        sql.freeKeys.run(anonymous, verified)
        sql.move.run(verified, anonymous)
        sql.endSessions.run(anonymous)
        return moved
      }),
  }
}
