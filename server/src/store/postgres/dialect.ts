import { all, type Dialect, type Table, type Value } from '../sql/sql.ts'

/** One statement moves many rows: a column of them is one array (`unnest`). */
export const dialect: Dialect = {
  lock: ' FOR UPDATE',
  isOneOf: column => `${column} = ANY(?)`,
  settled: 'pg_snapshot_xmin(pg_current_snapshot())::text::bigint',

  find: (table, columns, keys, lock) =>
    all(
      `SELECT t.* FROM ${table} t JOIN unnest(${arrays(table, columns)}) AS k(${columns.join(', ')})
       ON ${columns.map(column => `t.${column} = k.${column}`).join(' AND ')}
       ${lock ? `ORDER BY t.${columns[0]} FOR UPDATE OF t` : ''}`,
      ...transposed(columns, keys),
    ),

  *insert(table, columns, rows) {
    yield* all(
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT * FROM unnest(${arrays(table, columns)})`,
      ...transposed(columns, rows),
    )
  },

  *update(table, columns, rows) {
    const [, ...set] = columns
    yield* all(
      `UPDATE ${table} t SET ${set.map(column => `${column} = v.${column}`).join(', ')}
       FROM unnest(${arrays(table, columns)}) AS v(${columns.join(', ')}) WHERE t.id = v.id`,
      ...transposed(columns, rows),
    )
  },
}

const NUMBERS: Record<Table, ReadonlySet<string>> = {
  conversations: new Set(['last_seq', 'epoch', 'since']),
  messages: new Set(['seq', 'sent_at']),
}

const arrays = (table: Table, columns: readonly string[]) =>
  columns.map(column => (NUMBERS[table].has(column) ? '?::bigint[]' : '?::text[]')).join(', ')

/** Rows as columns. */
const transposed = (columns: readonly string[], rows: readonly Value[][]): Value[] =>
  columns.map((_, column) => rows.map(row => row[column] as string))
