import type { DatabaseSync } from 'node:sqlite'
import { newId } from '@nightdesk/shared/ids.ts'
import type { AgentStore } from '../store.ts'
import type { GroupCommit } from './group-commit.ts'
import { toAgent } from './rows.ts'

export function agentStore(db: DatabaseSync, commit: GroupCommit): AgentStore {
  const sql = {
    all: db.prepare('SELECT * FROM agents ORDER BY number'),
    one: db.prepare('SELECT * FROM agents WHERE id = ?'),
    byEmail: db.prepare('SELECT * FROM agents WHERE email = ?'),
    nextNumber: db.prepare('SELECT coalesce(max(number), 10) + 1 AS number FROM agents'),
    insert: db.prepare(`INSERT INTO agents (id, number, email, name, password_hash, active, created_at)
      VALUES (?, ?, ?, ?, NULL, 1, ?)`),
    setPassword: db.prepare('UPDATE agents SET password_hash = ? WHERE id = ?'),
    addLink: db.prepare('INSERT INTO sign_in_links (token_hash, agent_id, expires_at) VALUES (?, ?, ?)'),
    link: db.prepare('SELECT agent_id FROM sign_in_links WHERE token_hash = ? AND expires_at > ?'),
    useLink: db.prepare('DELETE FROM sign_in_links WHERE token_hash = ?'),
    addSession: db.prepare(
      'INSERT INTO desk_sessions (token_hash, agent_id, created_at, expires_at) VALUES (?, ?, ?, ?)',
    ),
    bySession: db.prepare(`SELECT a.*, s.expires_at FROM desk_sessions s JOIN agents a ON a.id = s.agent_id
      WHERE s.token_hash = ? AND s.expires_at > ? AND a.active = 1`),
    endSession: db.prepare('DELETE FROM desk_sessions WHERE token_hash = ?'),
  }

  return {
    agents: async () => sql.all.all().map(toAgent),

    agent: async id => {
      const row = sql.one.get(id)
      return row && toAgent(row)
    },

    agentByEmail: async email => {
      const row = sql.byEmail.get(email)
      return row && toAgent(row)
    },

    addAgent: ({ email, name, at }) =>
      commit.write(() => {
        if (sql.byEmail.get(email)) throw new Error(`There is an agent with the e-mail ${email} already`)
        const id = newId('ag')
        const number = Number(sql.nextNumber.get()?.number)
        sql.insert.run(id, number, email, name, at)
        return { id, code: `A${number}`, email, name, passwordHash: null, active: true }
      }),

    setPassword: (id, passwordHash) =>
      commit.write(() => {
        sql.setPassword.run(passwordHash, id)
      }),

    addSignInLink: ({ tokenHash, agentId, expiresAt }) =>
      commit.write(() => {
        sql.addLink.run(tokenHash, agentId, expiresAt)
      }),

    useSignInLink: (tokenHash, at) =>
      commit.write(() => {
        const link = sql.link.get(tokenHash, at)
        sql.useLink.run(tokenHash)
        const row = link && sql.one.get(link.agent_id as string)
        const agent = row && toAgent(row)
        return agent?.active ? agent : undefined
      }),

    addDeskSession: ({ tokenHash, agentId, at, expiresAt }) =>
      commit.write(() => {
        sql.addSession.run(tokenHash, agentId, at, expiresAt)
      }),

    agentBySession: async (tokenHash, at) => {
      const row = sql.bySession.get(tokenHash, at)
      return row && { agent: toAgent(row), expiresAt: row.expires_at as number }
    },

    endDeskSession: tokenHash =>
      commit.write(() => {
        sql.endSession.run(tokenHash)
      }),
  }
}
