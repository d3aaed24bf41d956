import { holdRows } from './in-ci.ts'
import { ROWS } from './rows/rows.ts'

holdRows(
  ROWS.filter(row => (row.stores ?? ['sqlite']).includes('sqlite')),
  'sqlite',
)
