import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { sleep } from './clock.ts'
import type { Database } from './database.ts'

/** Keeps every writer out for a time, as a long transaction of another process does. */
export async function hold(database: Database, ms: number): Promise<void> {
  if (database.kind === 'sqlite') {
    const other = new DatabaseSync(database.path, { timeout: 1000 })
    other.exec('BEGIN IMMEDIATE')
    await sleep(ms)
    other.exec('COMMIT')
    other.close()
    return
  }
  const other = new pg.Client({ connectionString: database.directUrl })
  await other.connect()
  await other.query('BEGIN')
  await other.query('LOCK TABLE messages IN ACCESS EXCLUSIVE MODE')
  await sleep(ms)
  await other.query('COMMIT')
  await other.end()
}
