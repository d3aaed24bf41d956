import { afterAll } from 'vitest'
import { removeSharedPostgres } from './database.ts'
import { holdRows } from './in-ci.ts'
import { ROWS } from './rows/rows.ts'

afterAll(removeSharedPostgres)

/** What happens between clients and servers is the same to both stores and was shown on SQLite; a full run does it all. */
const NOT_OF_THE_STORE = ['D4', 'F10', 'F18', 'F19', 'F20', 'F23']

holdRows(
  ROWS.filter(row => !NOT_OF_THE_STORE.includes(row.id) && (row.stores ?? ['postgres']).includes('postgres')),
  'postgres',
)
