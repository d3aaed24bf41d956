import { holdRows } from './in-ci.ts'
import { ROWS } from './rows/rows.ts'

// Rows that are about Redis are run beside PostgreSQL, as in a cluster; Redis is the same to both stores.
holdRows(
  ROWS.filter(row => !row.redis && (row.stores ?? ['sqlite']).includes('sqlite')),
  'sqlite',
)
