import { newId } from '@nightdesk/shared/ids.ts'
import type { AgentStore } from '../store.ts'
import { toAgent } from './rows.ts'
import { all, type Database, first, type Row } from './sql.ts'

export function agentStore({ dialect, read, write }: Database): AgentStore {
  function* one(text: string, ...values: string[]) {
    const row = yield* first(text, ...values)
    return row && toAgent(row)
  }

  return {
    agents: async () => (await read(all('SELECT * FROM agents ORDER BY number'))).map(toAgent),
    agent: id => read(one('SELECT * FROM agents WHERE id = ?', id)),
    agentByEmail: email => read(one('SELECT * FROM agents WHERE email = ?', email)),

    addAgent: ({ email, name, at }) =>
      write(function* () {
        const taken = yield* first('SELECT id FROM agents WHERE email = ?', email)
        if (taken) throw new Error(`There is an agent with the e-mail ${email} already`)
        const row = yield* first(
          `INSERT INTO agents (id, number, email, name, password_hash, active, created_at)
           VALUES (?, (SELECT coalesce(max(number), 10) + 1 FROM agents), ?, ?, NULL, 1, ?) RETURNING *`,
          ...[newId('ag'), email, name, at],
        )
        return toAgent(row as Row)
      }),

    setActive: (id, active) =>
      write(function* () {
        yield* all('UPDATE agents SET active = ? WHERE id = ?', active ? 1 : 0, id)
        if (active) return
        yield* all('DELETE FROM desk_sessions WHERE agent_id = ?', id)
        yield* all('DELETE FROM sign_in_links WHERE agent_id = ?', id)
      }),

    setPassword: (id, passwordHash, keep) =>
      write(function* () {
        yield* all('UPDATE agents SET password_hash = ? WHERE id = ?', passwordHash, id)
        yield* all('DELETE FROM desk_sessions WHERE agent_id = ? AND token_hash <> ?', id, keep ?? '')
      }),

    addSignInLink: ({ tokenHash, agentId, expiresAt }) =>
      write(function* () {
        const text = 'INSERT INTO sign_in_links (token_hash, agent_id, expires_at) VALUES (?, ?, ?)'
        yield* all(text, tokenHash, agentId, expiresAt)
      }),

    useSignInLink: (tokenHash, at) =>
      write(function* () {
        const text = 'DELETE FROM sign_in_links WHERE token_hash = ? RETURNING agent_id, expires_at'
        const link = yield* first(text, tokenHash)
        if (!link || Number(link.expires_at) <= at) return undefined
        const agent = yield* one('SELECT * FROM agents WHERE id = ?', link.agent_id as string)
        return agent?.active ? agent : undefined
      }),

    addDeskSession: ({ tokenHash, agentId, passwordHash, at, expiresAt }) =>
      write(function* () {
        // Held until the commit, so that whoever ends the agent's sessions meanwhile ends this one too.
        const agent = yield* one(`SELECT * FROM agents WHERE id = ?${dialect.lock}`, agentId)
        const isOther = passwordHash !== undefined && passwordHash !== agent?.passwordHash
        if (!agent?.active || isOther) return false
        yield* all(
          'INSERT INTO desk_sessions (token_hash, agent_id, created_at, expires_at) VALUES (?, ?, ?, ?)',
          ...[tokenHash, agentId, at, expiresAt],
        )
        return true
      }),

    agentBySession: async (tokenHash, at) => {
      const text = `SELECT a.*, s.expires_at FROM desk_sessions s JOIN agents a ON a.id = s.agent_id
        WHERE s.token_hash = ? AND s.expires_at > ? AND a.active = 1`
      const row = await read(first(text, tokenHash, at))
      return row && { agent: toAgent(row), expiresAt: row.expires_at as number }
    },

    deskSessionsOf: async (tokenHashes, at) => {
      const text = `SELECT s.token_hash FROM desk_sessions s JOIN agents a ON a.id = s.agent_id
        WHERE ${dialect.isOneOf('s.token_hash')} AND s.expires_at > ? AND a.active = 1`
      const rows = await read(all(text, tokenHashes, at))
      return new Set(rows.map(row => row.token_hash as string))
    },

    endDeskSession: tokenHash =>
      write(function* () {
        yield* all('DELETE FROM desk_sessions WHERE token_hash = ?', tokenHash)
      }),
  }
}
