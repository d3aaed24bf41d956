import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ChatError } from '@nightdesk/shared/errors.ts'
import { expect, onTestFinished, test } from 'vitest'
import { GroupCommit } from './group-commit.ts'

/** A file with one table of words, and a list of the transaction statements that were run on it. */
function newDesk(patience = 5000) {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-commit-'))
  const path = join(dir, 'words.db')
  const db = new DatabaseSync(path, { timeout: 0 })
  db.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON')
  db.exec('CREATE TABLE people (name TEXT PRIMARY KEY)')
  // Checked when the transaction is committed: a stranger's words make the COMMIT fail.
  db.exec('CREATE TABLE words (word TEXT, who TEXT REFERENCES people (name) DEFERRABLE INITIALLY DEFERRED)')
  const others = new DatabaseSync(path, { timeout: 0 })
  onTestFinished(() => {
    if (db.isOpen) db.close()
    others.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const log: string[] = []
  const exec = db.exec.bind(db)
  db.exec = sql => {
    exec(sql)
    if (/^(BEGIN|COMMIT|ROLLBACK)\b(?! TO)/.test(sql)) log.push(sql)
  }
  const insert = db.prepare('INSERT INTO words VALUES (?, NULL)')
  const commit = new GroupCommit(db, patience)
  return {
    db,
    others,
    log,
    commit,
    write: (word: string) => commit.write(() => insert.run(word).changes),
    writeOfStranger: () => commit.write(() => db.exec("INSERT INTO words VALUES ('psst', 'stranger')")),
    /** What another connection to the file sees, which is what is committed. */
    seen: () =>
      others
        .prepare('SELECT word FROM words ORDER BY rowid')
        .all()
        .map(row => row.word),
  }
}

test('[M1] all writes of one turn share one transaction, the next turn has its own', async () => {
  const { commit, write, log, seen } = newDesk()
  const words = Array.from({ length: 50 }, (_, index) => `word ${index}`)
  expect(await Promise.all(words.map(write))).toEqual(words.map(() => 1))
  expect(log).toEqual(['BEGIN IMMEDIATE', 'COMMIT'])
  await write('later')
  expect(log).toEqual(['BEGIN IMMEDIATE', 'COMMIT', 'BEGIN IMMEDIATE', 'COMMIT'])
  expect(seen()).toEqual([...words, 'later'])
  expect(await commit.write(() => 'an answer')).toBe('an answer')
})

test('[M1] a write is answered after its COMMIT returned, when others can read it', async () => {
  const { write, log, seen } = newDesk()
  const atAnswer: unknown[] = []
  await Promise.all(['one', 'two'].map(word => write(word).then(() => atAnswer.push([log.at(-1), seen()]))))
  expect(atAnswer).toEqual([
    ['COMMIT', ['one', 'two']],
    ['COMMIT', ['one', 'two']],
  ])
})

test('[M1] until the COMMIT nobody sees a write', async () => {
  const { commit, write, seen } = newDesk()
  const during: unknown[] = []
  await Promise.all([write('one'), commit.write(() => during.push(seen()))])
  expect(during).toEqual([[]])
  expect(seen()).toEqual(['one'])
})

test('[M1] a COMMIT that fails refuses every write of its turn, and none of them is there', async () => {
  const { db, write, writeOfStranger, log, seen } = newDesk()
  const results = await Promise.allSettled([write('one'), writeOfStranger(), write('two')])
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } })
    expect(result.status === 'rejected' && result.reason.cause).toMatchObject({
      message: expect.stringMatching(/FOREIGN KEY/),
    })
  }
  expect(log).not.toContain('COMMIT')
  expect(db.isTransaction).toBe(false)
  expect(seen()).toEqual([])
  await write('three')
  expect(seen()).toEqual(['three'])
})

test('[M1] while another process holds the file, writes wait and the process goes on', async () => {
  const { others, write, seen } = newDesk()
  others.exec('BEGIN IMMEDIATE')
  const first = write('one')
  const second = new Promise(done => setTimeout(done, 30)).then(() => write('two'))
  await new Promise(done => setTimeout(done, 60))
  expect(seen()).toEqual([])
  others.exec('COMMIT')
  await Promise.all([first, second])
  expect(seen()).toEqual(['one', 'two'])
})

test('[M1] while another process does not let go of the file, writes are refused and can be tried again', async () => {
  const { others, write, seen } = newDesk(50)
  others.exec('BEGIN IMMEDIATE')
  await expect(write('one')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  others.exec('COMMIT')
  await write('one')
  expect(seen()).toEqual(['one'])
})

test('a write that throws undoes its own doing and leaves its neighbours', async () => {
  const { commit, write, db, log, seen } = newDesk()
  const fault = new ChatError('KEY_REUSED')
  const results = await Promise.allSettled([
    write('before'),
    commit.write(() => {
      db.exec("INSERT INTO words VALUES ('half', NULL)")
      throw fault
    }),
    write('after'),
  ])
  expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(results[1]).toMatchObject({ reason: fault })
  expect(log).toEqual(['BEGIN IMMEDIATE', 'COMMIT'])
  expect(seen()).toEqual(['before', 'after'])
})

test('a statement that fails is the fault of its write alone', async () => {
  const { commit, write, db, seen } = newDesk()
  const results = await Promise.allSettled([
    write('before'),
    commit.write(() => db.exec('INSERT INTO no_such_table VALUES (1)')),
    write('after'),
  ])
  expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(seen()).toEqual(['before', 'after'])
})

test('writes run in the order in which they were asked for', async () => {
  const { commit } = newDesk()
  const order: number[] = []
  await Promise.all([1, 2, 3, 4].map(place => commit.write(() => order.push(place))))
  expect(order).toEqual([1, 2, 3, 4])
})

test('a write that is asked for while a turn is written goes with the next one', async () => {
  const { commit, write, log, seen } = newDesk()
  let inner: Promise<unknown> = Promise.resolve()
  await commit.write(() => {
    inner = write('inner')
  })
  expect(log).toEqual(['BEGIN IMMEDIATE', 'COMMIT'])
  await inner
  expect(log).toHaveLength(4)
  expect(seen()).toEqual(['inner'])
})

test('flush writes what waits at once, and its turn finds nothing left to do', async () => {
  const { commit, write, log, seen } = newDesk()
  const waiting = write('now')
  expect(seen()).toEqual([])
  commit.flush()
  expect(seen()).toEqual(['now'])
  await waiting
  await write('later')
  expect(log.filter(sql => sql === 'COMMIT')).toHaveLength(2)
  commit.flush()
  expect(log.filter(sql => sql === 'COMMIT')).toHaveLength(2)
})

test('[M1] words that come after the database was closed are refused, and the server lives on', async () => {
  const { db, commit } = newDesk()
  db.close()
  const late = commit.write(() => 1)
  late.catch(() => undefined)
  // What flush throws here ends the process when the turn of the event loop calls it.
  expect(() => commit.flush()).not.toThrow()
  await expect(late).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
})
