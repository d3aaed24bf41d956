import { afterAll } from 'vitest'
import { removeSharedPostgres } from './database.ts'
import { holdRows } from './in-ci.ts'
import { ROWS } from './rows/rows.ts'

afterAll(removeSharedPostgres)

holdRows(
  ROWS.filter(row => (row.stores ?? ['postgres']).includes('postgres')),
  'postgres',
)
