import { createHash } from 'node:crypto'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type pg from 'pg'
import { batched } from '../sql/batch.ts'
import type { Database, Row, Sql, Statement, Value } from '../sql/sql.ts'
import { dialect } from './dialect.ts'
import { isAway, isConflict, isOutOfDate } from './faults.ts'

/** How often a transaction that met another one is tried again before its caller hears of it. */
const TRIES = 5

/**
 * PostgreSQL as the store sees it. Appends of one moment share a transaction, and the next ones collect while it
 * is under way: the busier the node, the larger the batch, one flush for each.
 */
export function postgresDatabase(pool: pg.Pool): Database {
  let appending: Promise<unknown> = Promise.resolve()
  let underWay = 0
  const gate: { onIdle?: () => void } = {}

  const wake = () => {
    if (underWay === 0) gate.onIdle?.()
  }

  /** Runs it while the pool is open; what a lost database did to it is said in our words. */
  async function held<Result>(work: () => Promise<Result>): Promise<Result> {
    if (gate.onIdle) throw new ChatError('STORE_UNAVAILABLE')
    underWay++
    try {
      return await work()
    } catch (cause) {
      if (!isAway(cause)) throw cause
      const error = new ChatError('STORE_UNAVAILABLE')
      error.cause = cause
      throw error
    } finally {
      underWay--
      wake()
    }
  }

  async function transaction<Result>(begin: string, work: () => Sql<Result>): Promise<Result> {
    let conflicts = 0
    for (;;) {
      try {
        return await once(begin, work)
      } catch (error) {
        const again = isOutOfDate(error) || (isConflict(error) && ++conflicts < TRIES)
        if (!again) throw error
      }
    }
  }

  async function once<Result>(begin: string, work: () => Sql<Result>): Promise<Result> {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query(begin)
      const result = await run(client, work())
      await client.query('COMMIT')
      return result
    } catch (error) {
      if (isOutOfDate(error)) broken = error as Error
      await client.query('ROLLBACK').catch(cause => {
        broken = cause
      })
      throw error
    } finally {
      // A connection in an unknown state, or one that is good for nothing more, is not used again.
      client.release(broken)
    }
  }

  return {
    dialect,
    read: sql => held(() => run(pool, sql)),
    snapshot: work => held(() => transaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work)),
    write: work => held(() => transaction('BEGIN', work)),
    batch: work =>
      batched(take =>
        held(() => {
          const mine = appending.then(() => transaction('BEGIN', () => work(take())))
          appending = mine.catch(() => undefined)
          return mine
        }),
      ),
    close: async () => {
      if (gate.onIdle) return
      await new Promise<void>(resolve => {
        gate.onIdle = resolve
        wake()
      })
      await pool.end()
    },
  }
}

async function run<Result>(asked: pg.Pool | pg.ClientBase, sql: Sql<Result>): Promise<Result> {
  let step = sql.next([])
  while (!step.done) {
    step = sql.next(await rowsOf(asked, step.value))
  }
  return step.value
}

async function rowsOf(asked: pg.Pool | pg.ClientBase, statement: Statement): Promise<Row[]> {
  for (;;) {
    try {
      return (await asked.query<Row>(prepared(statement))).rows
    } catch (error) {
      // The pool has dropped that connection and takes another one.
      if (!('idleCount' in asked) || !isOutOfDate(error)) throw error
    }
  }
}

const texts = new Map<string, { name: string; text: string }>()

/**
 * The statement with its `?` numbered, under a name, so that the server parses and plans it once a connection. The
 * name is made of the words: where a proxy shares connections between nodes, no name may stand for two statements.
 */
function prepared({ text, values }: Statement): pg.QueryConfig<Value[]> {
  let known = texts.get(text)
  if (!known) {
    let number = 0
    const name = createHash('sha256').update(text).digest('base64url')
    known = { name, text: text.replaceAll('?', () => `$${++number}`) }
    texts.set(text, known)
  }
  return { ...known, values: [...values] }
}
