import { DatabaseSync } from 'node:sqlite'

/**
 * The least that makes a message durable: one insert each, one flushed commit for all that came in one turn of the
 * event loop. Answers a function that keeps a message and says when it is on disk.
 */
export function journal(path: string): (message: object, kept: () => void) => void {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL')
  db.exec('PRAGMA synchronous = FULL')
  db.exec('CREATE TABLE messages (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)')
  const insert = db.prepare('INSERT INTO messages (body) VALUES (?)')
  let waiting: { message: object; kept: () => void }[] = []

  function flush(): void {
    const batch = waiting
    waiting = []
    db.exec('BEGIN')
    for (const { message } of batch) insert.run(JSON.stringify(message))
    db.exec('COMMIT')
    for (const { kept } of batch) kept()
  }

  return (message, kept) => {
    if (waiting.length === 0) setImmediate(flush)
    waiting.push({ message, kept })
  }
}
