import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isBusy } from './busy.ts'
import { migrate } from './migrations.ts'

/** Milliseconds a start waits for others that hold the file. */
const PATIENCE = 5000

/**
 * Opens the database file and proves that it is as durable as we promise (G1): WAL, and every commit flushed.
 * `synchronous` is a property of the connection, not of the file, so it is set and read back on each open.
 */
export function openDatabase(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(path, { timeout: PATIENCE })
  chooseWal(db)
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA foreign_keys = ON')
  // Room for what is read and undone often, and fewer but larger checkpoints: none of it touches what is durable.
  db.exec('PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000')
  assertPragma(db, 'journal_mode', path === ':memory:' ? 'memory' : 'wal')
  assertPragma(db, 'synchronous', 2)
  migrate(db)
  // From here on waiting for the lock is GroupCommit's, which waits without stopping the process.
  db.exec('PRAGMA busy_timeout = 0')
  return db
}

/**
 * Servers that start together on one file meet here: one of them puts the log in order. SQLite's own timeout does not
 * cover the change of mode (it answers SQLITE_BUSY at once), so the others ask again.
 */
function chooseWal(db: DatabaseSync): void {
  const until = performance.now() + PATIENCE
  for (;;) {
    try {
      db.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

function assertPragma(db: DatabaseSync, name: string, wanted: string | number): void {
  const row = db.prepare(`PRAGMA ${name}`).get()
  const got = row && Object.values(row)[0]
  if (got !== wanted) throw new Error(`SQLite refused ${name} = ${wanted}; it says ${got}`)
}
