import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { batched } from '../sql/batch.ts'
import { all, type Database, type Dialect, type Row, type Sql, type Value } from '../sql/sql.ts'
import { GroupCommit } from './group-commit.ts'

/**
 * SQLite as the store sees it. Reads and writes run on the main thread, each work to its end at once: a group
 * commit costs less there than the way to a worker and back.
 */
export function sqliteDatabase(db: DatabaseSync): Database {
  const commit = new GroupCommit(db)
  const prepared = new Map<string, StatementSync>()

  function rowsOf(text: string, values: readonly Value[]): Row[] {
    let statement = prepared.get(text)
    if (!statement) {
      statement = db.prepare(text)
      prepared.set(text, statement)
    }
    return statement.all(...values.map(bound))
  }

  function run<Result>(sql: Sql<Result>): Result {
    let step = sql.next([])
    while (!step.done) step = sql.next(rowsOf(step.value.text, step.value.values))
    return step.value
  }

  const read = async <Result>(sql: Sql<Result>): Promise<Result> => run(sql)

  return {
    dialect,
    read,
    // Nobody writes while this thread reads: what runs to its end at once sees one moment.
    snapshot: work => read(work()),
    write: work => commit.write(() => run(work())),
    batch: work => batched(take => commit.write(() => run(work(take())))),
    close: async () => {
      commit.close()
      db.close()
    },
  }
}

const bound = (value: Value): SQLInputValue =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value

/** A loop over one prepared statement is as fast here as anything that moves many rows at once. */
const dialect: Dialect = {
  lock: '',
  isOneOf: column => `${column} IN (SELECT value FROM json_each(?))`,
  settled: '(SELECT coalesce(max(change), 0) + 1 FROM messages)',

  *find(table, columns, keys) {
    const text = `SELECT * FROM ${table} WHERE ${columns.map(column => `${column} = ?`).join(' AND ')}`
    const found: Row[] = []
    for (const key of keys) found.push(...(yield* all(text, ...key)))
    return found
  },

  *insert(table, columns, rows) {
    const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
    for (const row of rows) yield* all(text, ...row)
  },

  *update(table, [, ...columns], rows) {
    const text = `UPDATE ${table} SET ${columns.map(column => `${column} = ?`).join(', ')} WHERE id = ?`
    for (const [id, ...values] of rows) yield* all(text, ...values, id ?? null)
  },
}
