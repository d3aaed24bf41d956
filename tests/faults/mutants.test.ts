import { expect, test } from 'vitest'
import { MUTANTS, type Mutant } from './mutants.ts'
import { ROWS } from './rows/rows.ts'
import { runRow } from './run.ts'

/** The row in which each broken server must be caught. */
const CAUGHT_BY: Record<Mutant, { id: string; count: number }> = {
  'ack-before-commit': { id: 'F2', count: 4 },
  'forgets-keys': { id: 'F13', count: 4 },
  'fan-out-before-store': { id: 'F2', count: 2 },
  'catches-up-by-time': { id: 'F17', count: 1 },
  'believes-it-missed-nothing': { id: 'F10', count: 1 },
}

test.each(MUTANTS)('a server that is broken on purpose is caught: %s', { timeout: 90_000 }, async mutant => {
  const { id, count } = CAUGHT_BY[mutant]
  const row = ROWS.find(one => one.id === id)
  if (!row) throw new Error('the row is missing')
  const { findings } = await runRow(row, { scale: 'ci', store: 'sqlite', count, mutant, patienceMs: 3000 })
  expect(findings.filter(({ fault }) => fault !== 'promise broken')).not.toEqual([])
})
