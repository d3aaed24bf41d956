import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { newId } from '@nightdesk/shared/ids.ts'
import { expect, onTestFinished, test } from 'vitest'
import { describeStore } from '../contract/contract.ts'
import { migrate } from './migrations.ts'
import { openDatabase } from './open.ts'
import { openSqliteStore } from './sqlite-store.ts'

describeStore('SQLite', async () => newPath(), openSqliteStore)

function newPath(...folders: string[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-sqlite-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return join(dir, ...folders, 'nightdesk.db')
}

function open(path: string): DatabaseSync {
  const db = openDatabase(path)
  onTestFinished(() => {
    if (db.isOpen) db.close()
  })
  return db
}

const pragma = (db: DatabaseSync, name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
const schemaOf = (db: DatabaseSync) =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()

test('[M1] every commit is flushed: WAL and synchronous = FULL on the first open and on the next', () => {
  const path = newPath()
  for (const time of ['first', 'second']) {
    const db = open(path)
    expect(pragma(db, 'journal_mode'), `${time} open`).toBe('wal')
    // 2 is FULL; SQLite's own default could change, ours may not.
    expect(pragma(db, 'synchronous'), `${time} open`).toBe(2)
    expect(pragma(db, 'foreign_keys'), `${time} open`).toBe(1)
    db.close()
  }
})

test('[M1] a second process opens the same file as durably while the first has it open', () => {
  const path = newPath()
  const [one, two] = [open(path), open(path)]
  for (const db of [one, two]) {
    expect(pragma(db, 'journal_mode')).toBe('wal')
    expect(pragma(db, 'synchronous')).toBe(2)
  }
})

test('[M1] what a store has answered another connection reads from the file at once', async () => {
  const path = newPath()
  const store = openSqliteStore(path)
  const { id: visitorId } = await store.newAnonymousVisitor({
    siteId: 'st_demo',
    locale: 'en',
    tokenHash: 'hash',
    at: 1,
  })
  const draft = {
    author: { role: 'visitor' },
    body: { kind: 'text', text: 'hello' },
    key: newId('mk'),
  } as const
  const { conversation } = await store.start({ siteId: 'st_demo', visitorId, locale: 'en', draft, at: 1 })
  const file = new DatabaseSync(path, { readOnly: true })
  const found = file.prepare('SELECT body FROM messages WHERE conversation_id = ?').all(conversation.id)
  file.close()
  await store.close()
  expect(found).toEqual([{ body: '{"kind":"text","text":"hello"}' }])
})

test('an empty file, and a folder that is not there yet, become a database of the newest schema', () => {
  const db = open(newPath('data', 'deeper'))
  expect(pragma(db, 'user_version')).toBeGreaterThan(0)
  const tables = schemaOf(db).filter(row => row.type === 'table')
  expect(tables.map(row => row.name)).toEqual([
    'agents',
    'conversations',
    'desk_sessions',
    'messages',
    'sign_in_links',
    'visitor_sessions',
    'visitors',
  ])
})

test('a file that is migrated already is left as it is', () => {
  const path = newPath()
  const first = open(path)
  first.exec("INSERT INTO visitors VALUES ('vi_1', 'st_demo', NULL, NULL, 'en', 1, 0, NULL)")
  const [schema, version] = [schemaOf(first), pragma(first, 'user_version')]
  migrate(first)
  first.close()
  const second = open(path)
  expect(schemaOf(second)).toEqual(schema)
  expect(pragma(second, 'user_version')).toBe(version)
  expect(second.prepare('SELECT count(*) AS n FROM visitors').get()).toEqual({ n: 1 })
})

test('a file of a newer server is refused and not touched', () => {
  const path = newPath()
  const db = open(path)
  db.exec('CREATE TABLE of_the_future (id TEXT); PRAGMA user_version = 99')
  const schema = schemaOf(db)
  db.close()
  expect(() => openDatabase(path)).toThrow(/schema 99, newer/)
  const file = new DatabaseSync(path)
  expect(schemaOf(file)).toEqual(schema)
  expect(pragma(file, 'user_version')).toBe(99)
  file.close()
})

test('[F-4] a file of the next version is served: an older server may start again while all are replaced', async () => {
  const path = newPath()
  const db = open(path)
  const next = Number(pragma(db, 'user_version')) + 1
  db.exec(`CREATE TABLE of_the_next_version (id TEXT); PRAGMA user_version = ${next}`)
  db.close()
  const store = openSqliteStore(path)
  await store.addAgent({ email: 'sam@x', name: 'Sam', at: 1 })
  expect(await store.agents()).toHaveLength(1)
  await store.close()
  const file = new DatabaseSync(path)
  expect(pragma(file, 'user_version')).toBe(next)
  file.close()
})

test('a migration that fails leaves the file as it was', () => {
  const path = newPath()
  const file = new DatabaseSync(path)
  // A table of ours is in the way, so that the first step fails in its middle.
  file.exec('CREATE TABLE messages (mine TEXT)')
  const schema = schemaOf(file)
  expect(() => migrate(file)).toThrow(/messages/)
  expect(file.isTransaction).toBe(false)
  expect(schemaOf(file)).toEqual(schema)
  expect(pragma(file, 'user_version')).toBe(0)
  file.close()
})

test('the tables are strict and know their references: a message without a conversation cannot be', () => {
  const db = open(newPath())
  expect(() =>
    db.exec("INSERT INTO messages VALUES (1, 'cv_none', 1, 'ms_1', 1, 'bot', '{}', 'text', '{}', NULL)"),
  ).toThrow(/FOREIGN KEY/)
  expect(() =>
    db.exec("INSERT INTO visitors VALUES ('vi_1', 'st_demo', NULL, NULL, 'en', 'noon', 0, NULL)"),
  ).toThrow(/INTEGER/)
})

test('two stores in memory know nothing of each other', async () => {
  const [one, two] = [openSqliteStore(':memory:'), openSqliteStore(':memory:')]
  await one.addAgent({ email: 'sam@northgate.example', name: 'Sam', at: 1 })
  expect(await two.agents()).toEqual([])
  await one.close()
  await two.close()
})

test('[F2] servers that start together on one file, new or left behind by a kill, all get it', async () => {
  const path = newPath()
  for (let round = 0; round < 6; round++) {
    const codes = await Promise.all([1, 2, 3].map(() => opensAndIsKilled(path, Date.now() + 300)))
    expect(codes, `round ${round}`).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL'])
    if (round < 3) for (const part of ['', '-wal', '-shm']) rmSync(path + part, { force: true })
  }
})

/** A process that opens the file at the given moment, writes, and is killed with the file open. */
async function opensAndIsKilled(path: string, moment: number): Promise<string> {
  const code = `
    import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, 'open.ts'))}
    while (Date.now() < ${moment});
    const db = openDatabase(${JSON.stringify(path)})
    db.exec('PRAGMA busy_timeout = 5000; CREATE TABLE IF NOT EXISTS mine (one INTEGER); INSERT INTO mine VALUES (1)')
    process.kill(process.pid, 'SIGKILL')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' })
  const [exit, signal] = await once(child, 'exit')
  return signal ?? `exit ${exit}`
}
