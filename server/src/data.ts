import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { moveToPostgres } from './store/move.ts'

/** `pnpm data …`: a copy of the file that is good while the server writes, and the way to PostgreSQL. */
const USAGE = 'Usage: pnpm data backup FILE | pnpm data move postgres://USER@HOST/DATABASE'

async function run(path: string, [verb, target]: string[]): Promise<string> {
  if (!target) throw new Error(USAGE)
  if (!existsSync(path)) throw new Error(`There is no database at ${path}`)
  if (verb === 'backup') return backup(path, target)
  if (verb !== 'move' || !/^postgres(ql)?:/.test(target)) throw new Error(USAGE)
  const moved = await moveToPostgres(path, target)
  const rows = Object.entries(moved).map(([table, count]) => `  ${count} ${table.replaceAll('_', ' ')}`)
  return `Moved, and counted again on the other side:\n${rows.join('\n')}\nNow start with DATABASE_URL=${new URL(target).protocol}//…`
}

/** One moment of the database as a file of its own; writers go on meanwhile. */
function backup(path: string, target: string): string {
  if (existsSync(target)) throw new Error(`${target} is there already`)
  const db = new DatabaseSync(path, { timeout: 5000 })
  db.prepare('VACUUM INTO ?').run(target)
  db.close()
  const copy = new DatabaseSync(target, { readOnly: true })
  const found = copy.prepare('PRAGMA integrity_check').get()
  const count = copy.prepare('SELECT count(*) AS n FROM messages').get()?.n
  copy.close()
  if (found?.integrity_check !== 'ok') throw new Error(`The copy is damaged: ${found?.integrity_check}`)
  return `${target} holds ${count} messages and was found whole. To restore: stop the server, put it in the place of the old file (and remove -wal and -shm beside it), start.`
}

// What people wrote to support is for this user's eyes.
process.umask(0o077)
const url = process.env.DATABASE_URL || 'sqlite:./data/nightdesk.db'
const work = url.startsWith('sqlite:')
  ? run(url.slice('sqlite:'.length), process.argv.slice(2))
  : Promise.reject(
      new Error('DATABASE_URL must be sqlite:PATH. PostgreSQL has pg_dump and pg_restore of its own.'),
    )
work.then(console.log, error => {
  console.error(error.message)
  process.exit(1)
})
