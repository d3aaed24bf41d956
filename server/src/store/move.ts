import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { migrate } from './postgres/migrations.ts'

/** In the order in which they refer to each other. */
const TABLES = {
  agents: ['id', 'number', 'email', 'name', 'password_hash', 'active', 'created_at'],
  sign_in_links: ['token_hash', 'agent_id', 'expires_at'],
  desk_sessions: ['token_hash', 'agent_id', 'created_at', 'expires_at'],
  visitors: ['id', 'site_id', 'external_id', 'name', 'locale', 'created_at', 'logged_out_at', 'adopted_by'],
  visitor_sessions: ['token_hash', 'visitor_id', 'created_at'],
  conversations: [
    ...['id', 'site_id', 'visitor_id', 'start_key', 'locale', 'started_at', 'last_seq', 'epoch'],
    ...['read_by_visitor', 'read_by_desk', 'status', 'since', 'agent_code', 'state'],
  ],
  messages: ['conversation_id', 'seq', 'id', 'sent_at', 'role', 'author', 'kind', 'body', 'key'],
} as const

const AT_ONCE = 1000

/**
 * Copies everything in a SQLite file into an empty PostgreSQL database, in one transaction, and counts it again
 * there. The file is only read. Throws when something is in the database already, and then changes nothing.
 *
 * @returns rows by table
 */
export async function moveToPostgres(path: string, url: string): Promise<Record<string, number>> {
  const file = new DatabaseSync(path, { readOnly: true })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await migrate(client)
    // One moment of the file, however long it takes and whoever writes beside us.
    file.exec('BEGIN')
    await client.query('BEGIN')
    // Whoever was adopted is perhaps read before the one who adopted them.
    await client.query('ALTER TABLE visitors DROP CONSTRAINT visitors_adopted_by_fkey')
    const moved: Record<string, number> = {}
    for (const [table, columns] of Object.entries(TABLES))
      moved[table] = await copy(file, client, table, columns)
    await client.query('ALTER TABLE visitors ADD FOREIGN KEY (adopted_by) REFERENCES visitors (id)')
    await client.query('COMMIT')
    await client.query('ANALYZE')
    return moved
  } finally {
    // What was not committed is rolled back with the connection.
    await client.end()
    file.close()
  }
}

async function copy(
  file: DatabaseSync,
  client: pg.Client,
  table: string,
  columns: readonly string[],
): Promise<number> {
  if ((await count(client, table)) > 0) throw new Error(`There is something in the table ${table} already`)
  const order = table === 'messages' ? ' ORDER BY change' : ''
  let rows: Record<string, unknown>[] = []
  let read = 0
  for (const row of file.prepare(`SELECT ${columns.join(', ')} FROM ${table}${order}`).iterate()) {
    rows.push(row)
    read++
    if (rows.length < AT_ONCE) continue
    await insert(client, table, columns, rows)
    rows = []
  }
  if (rows.length > 0) await insert(client, table, columns, rows)
  const arrived = await count(client, table)
  if (arrived !== read) throw new Error(`Of ${read} rows of ${table}, ${arrived} arrived`)
  return arrived
}

async function insert(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const names = columns.join(', ')
  const text = `INSERT INTO ${table} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${table}, $1)`
  await client.query(text, [JSON.stringify(rows)])
}

async function count(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)
  return Number(rows[0]?.n)
}
