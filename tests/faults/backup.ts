import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { POSTGRES_PROGRAMS } from '@nightdesk/demo/services/postgres.ts'
import { type Database, newPostgresDatabase, sqliteIn } from './database.ts'

const run = promisify(execFile)

/** A backup as an operator makes it while people write, restored into a database of its own. */
export async function backUp(database: Database): Promise<{ url: string; remove(): Promise<void> }> {
  if (database.kind === 'sqlite') {
    const copy = sqliteIn(mkdtempSync(join(tmpdir(), 'nightdesk-backup-')))
    const live = new DatabaseSync(database.path, { timeout: 5000 })
    live.exec(`VACUUM INTO '${copy.path}'`)
    live.close()
    return copy
  }
  const copy = await newPostgresDatabase()
  const dump = join(mkdtempSync(join(tmpdir(), 'nightdesk-backup-')), 'dump')
  await run(join(POSTGRES_PROGRAMS, 'pg_dump'), ['-Fc', '-f', dump, database.directUrl])
  await run(join(POSTGRES_PROGRAMS, 'pg_restore'), ['-d', copy.directUrl, dump])
  return { url: copy.directUrl, remove: copy.remove }
}
