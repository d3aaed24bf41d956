import type pg from 'pg'

/**
 * Each step runs once, in order, in a transaction of its own together with its number: a kill at any point leaves
 * the schema before or after a step, never between. A step that was shipped is never edited. A step only adds: while
 * servers are replaced one by one, those of the version before go on beside it, and may start again.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE visitors (
    id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    external_id TEXT,
    name TEXT,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    logged_out_at BIGINT NOT NULL,
    adopted_by TEXT REFERENCES visitors (id)
  );
  CREATE UNIQUE INDEX visitors_external ON visitors (site_id, external_id) WHERE external_id IS NOT NULL;
  CREATE INDEX visitors_gone ON visitors (logged_out_at) WHERE logged_out_at > 0;

  CREATE TABLE visitor_sessions (
    token_hash TEXT PRIMARY KEY,
    visitor_id TEXT NOT NULL REFERENCES visitors (id),
    created_at BIGINT NOT NULL
  );
  CREATE INDEX visitor_sessions_visitor ON visitor_sessions (visitor_id);

  -- Room on each page keeps the many small updates of a conversation out of its indexes.
  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    visitor_id TEXT NOT NULL REFERENCES visitors (id),
    start_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    read_by_visitor BIGINT NOT NULL,
    read_by_desk BIGINT NOT NULL,
    status TEXT NOT NULL,
    since BIGINT NOT NULL,
    agent_code TEXT,
    state TEXT NOT NULL
  ) WITH (fillfactor = 70);
  CREATE UNIQUE INDEX conversations_start ON conversations (visitor_id, start_key);
  CREATE INDEX conversations_visitor ON conversations (visitor_id, started_at);
  CREATE INDEX conversations_waiting ON conversations (site_id, since) WHERE status = 'queued';
  CREATE INDEX conversations_open ON conversations (since) WHERE status = 'open';
  CREATE INDEX conversations_owner ON conversations (agent_code, status, since) WHERE agent_code IS NOT NULL;
  CREATE INDEX conversations_bot ON conversations (status) WHERE status = 'bot';

  -- The transaction that wrote a message; by it other nodes see what is new.
  CREATE TABLE messages (
    change BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    role TEXT NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    key TEXT,
    PRIMARY KEY (conversation_id, seq)
  );
  CREATE UNIQUE INDEX messages_key ON messages (conversation_id, key) WHERE key IS NOT NULL;
  CREATE INDEX messages_change ON messages (change);

  CREATE TABLE agents (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL
  );
  CREATE TABLE sign_in_links (
    token_hash TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL REFERENCES agents (id),
    expires_at BIGINT NOT NULL
  );
  CREATE TABLE desk_sessions (
    token_hash TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL REFERENCES agents (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
  );
  `,
  `CREATE INDEX messages_ratings ON messages (change) WHERE kind = 'rating';`,
]

/** One server migrates at a time; the others wait. The number is ours alone. */
const LOCK = 7_211_900

/** @param client a connection of our own: the lock belongs to it */
export async function migrate(client: pg.ClientBase): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK])
  try {
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)')
    let version = await versionOf(client)
    if (version > STEPS.length + 1) {
      throw new Error(`The database is of schema ${version}, newer than this server's ${STEPS.length}`)
    }
    for (; version < STEPS.length; version++) await take(client, version)
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK])
  }
}

async function take(client: pg.ClientBase, version: number): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(STEPS[version] ?? '')
    await client.query('DELETE FROM schema_version')
    await client.query('INSERT INTO schema_version VALUES ($1)', [version + 1])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

async function versionOf(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version')
  return Number(rows[0]?.version ?? 0)
}
