/**
 * What the store asks of a database, written once for every dialect: a generator that yields statements and is
 * given their rows. SQLite runs it to its end at once, PostgreSQL waits for each answer.
 */
export type Sql<Result> = Generator<Statement, Result, Row[]>

/** `?` stands for the values in their order, in every dialect. */
export type Statement = { text: string; values: readonly Value[] }
export type Value = string | number | null | readonly string[]
export type Row = Record<string, unknown>

export function* all(text: string, ...values: Value[]): Sql<Row[]> {
  return yield { text, values }
}

export function* first(text: string, ...values: Value[]): Sql<Row | undefined> {
  const rows = yield { text, values }
  return rows[0]
}

/** What became of one of many that shared a transaction. */
export type Outcome<Result> = { value: Result } | { error: unknown }

/** A connection to the truth. Promises that answer a write are kept after the commit was flushed (G1). */
export interface Database {
  dialect: Dialect
  /** Reads; each statement sees a moment of its own. */
  read<Result>(sql: Sql<Result>): Promise<Result>
  /** Reads with several statements that all see the same moment; `work` may be run again. */
  snapshot<Result>(work: () => Sql<Result>): Promise<Result>
  /** One transaction, alone or together with others; `work` may be run again after a conflict. */
  write<Result>(work: () => Sql<Result>): Promise<Result>
  /** Answers a function whose calls are collected and done together, in their order, in one transaction. */
  batch<Task, Result>(work: (tasks: Task[]) => Sql<Outcome<Result>[]>): (task: Task) => Promise<Result>
  close(): Promise<void>
}

/** Where the databases differ. Table and column names are our own words, never anybody's input. */
export interface Dialect {
  /** Ends a SELECT whose rows must stay as they are until the commit. */
  lock: '' | ' FOR UPDATE'
  /** `column` is one of a list that is bound to one `?`. */
  isOneOf(column: string): string
  /** The rows whose `columns` equal one of `keys`; with `lock`, they stay as they are until the commit. */
  find(table: Table, columns: readonly string[], keys: readonly Value[][], lock?: 'lock'): Sql<Row[]>
  insert(table: Table, columns: readonly string[], rows: readonly Value[][]): Sql<void>
  /** Sets `columns` of the rows whose id is the first value of each of `rows`. */
  update(table: Table, columns: readonly string[], rows: readonly Value[][]): Sql<void>
  /** An expression: below it no `messages.change` will ever be committed again. */
  settled: string
}

export type Table = 'conversations' | 'messages'
