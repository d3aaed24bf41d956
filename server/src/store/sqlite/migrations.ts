import type { DatabaseSync } from 'node:sqlite'

/**
 * Each step runs once, in order, in a transaction of its own together with its number in `user_version`:
 * a kill at any point leaves the schema before or after a step, never between. A step that was shipped
 * is never edited. A step only adds: while servers are replaced one by one, those of the version before go on
 * beside it, and may start again.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE visitors (
    id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    external_id TEXT,
    name TEXT,
    locale TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    logged_out_at INTEGER NOT NULL,
    adopted_by TEXT REFERENCES visitors (id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX visitors_external ON visitors (site_id, external_id) WHERE external_id IS NOT NULL;
  CREATE INDEX visitors_gone ON visitors (logged_out_at) WHERE logged_out_at > 0;

  CREATE TABLE visitor_sessions (
    token_hash TEXT PRIMARY KEY,
    visitor_id TEXT NOT NULL REFERENCES visitors (id),
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX visitor_sessions_visitor ON visitor_sessions (visitor_id);

  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    visitor_id TEXT NOT NULL REFERENCES visitors (id),
    start_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    read_by_visitor INTEGER NOT NULL,
    read_by_desk INTEGER NOT NULL,
    status TEXT NOT NULL,
    since INTEGER NOT NULL,
    agent_code TEXT,
    state TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX conversations_start ON conversations (visitor_id, start_key);
  CREATE INDEX conversations_visitor ON conversations (visitor_id, started_at);
  CREATE INDEX conversations_waiting ON conversations (site_id, since) WHERE status = 'queued';
  CREATE INDEX conversations_open ON conversations (since) WHERE status = 'open';
  CREATE INDEX conversations_owner ON conversations (agent_code, status, since) WHERE agent_code IS NOT NULL;
  CREATE INDEX conversations_bot ON conversations (status) WHERE status = 'bot';

  -- A number that grows with every commit; by it other processes see what is new.
  CREATE TABLE messages (
    change INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    role TEXT NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    key TEXT,
    UNIQUE (conversation_id, seq)
  ) STRICT;
  CREATE UNIQUE INDEX messages_key ON messages (conversation_id, key) WHERE key IS NOT NULL;

  CREATE TABLE agents (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sign_in_links (
    token_hash TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL REFERENCES agents (id),
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE desk_sessions (
    token_hash TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL REFERENCES agents (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `CREATE INDEX messages_ratings ON messages (change) WHERE kind = 'rating';`,
]

export function migrate(db: DatabaseSync): void {
  for (let version = versionOf(db); version < STEPS.length; version = versionOf(db)) {
    db.exec('BEGIN IMMEDIATE')
    try {
      // Another process may have taken this step while we waited for the lock.
      if (versionOf(db) === version) db.exec(`${STEPS[version]}; PRAGMA user_version = ${version + 1}`)
      db.exec('COMMIT')
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }
  if (versionOf(db) > STEPS.length + 1) {
    throw new Error(`The database is of schema ${versionOf(db)}, newer than this server's ${STEPS.length}`)
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version)
}
