import pg from 'pg'
import { sqlStore } from '../sql/sql-store.ts'
import type { Store } from '../store.ts'
import { isAway } from './faults.ts'
import { migrate } from './migrations.ts'
import { postgresDatabase } from './postgres-database.ts'

/** Connections of one node. Appends use one; the others are for reading and for the rarer writes. */
const CONNECTIONS = 10
/** A statement that takes longer is ended: better a clear refusal than a queue without an end. */
const STATEMENT_MS = 10_000
/** How long a start waits for a database that is not there yet. */
const PATIENCE_MS = 60_000
const LOOK_AGAIN_MS = 500

/**
 * PostgreSQL for more nodes than one machine holds.
 *
 * @param url `postgres://…`; TLS and more by its query, as libpq reads it
 * @param onError told of idle connections that broke; the pool replaces them
 */
export async function openPostgresStore(
  url: string,
  onError: (error: Error) => void = () => undefined,
): Promise<Store> {
  // Counts and times fit into 53 bits.
  const types = {
    getTypeParser: (oid: number, format: 'text' | 'binary') =>
      oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + 2000,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    application_name: 'nightdesk',
    types: types as pg.CustomTypesConfig,
  })
  pool.on('error', onError)
  // A connection that breaks while it is used fails what it was asked; without a listener it would end the process.
  pool.on('connect', client => client.on('error', () => undefined))
  try {
    await prepareSoon(url, onError)
  } catch (error) {
    await pool.end()
    throw error
  }
  return sqlStore(postgresDatabase(pool))
}

/** A database that starts beside us is waited for. */
async function prepareSoon(url: string, onError: (error: Error) => void): Promise<void> {
  for (let waited = 0; ; waited += LOOK_AGAIN_MS) {
    try {
      return await prepare(url)
    } catch (error) {
      if (!isAway(error) || waited >= PATIENCE_MS) throw error
      if (waited === 0) onError(error as Error)
      await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN_MS))
    }
  }
}

/** Brings the schema up to date, and proves that the database is as durable as we promise (G1). */
async function prepare(url: string): Promise<void> {
  // Without the time limits of the pool: a step of the schema may take as long as it takes.
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  await client.connect()
  try {
    for (const setting of ['synchronous_commit', 'fsync', 'full_page_writes']) {
      const { rows } = await client.query<Record<string, string>>(`SHOW ${setting}`)
      const is = rows[0]?.[setting]
      // `synchronous_commit` may also wait for replicas; only `off` answers before the flush.
      if (is === 'off')
        throw new Error(`PostgreSQL runs with ${setting} = off: it would forget what it has said`)
    }
    await migrate(client)
  } finally {
    await client.end()
  }
}
