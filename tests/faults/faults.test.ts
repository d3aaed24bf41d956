import { afterAll, expect, test } from 'vitest'
import { removeSharedPostgres } from './database.ts'
import { MUTANTS, type Mutant } from './mutants.ts'
import { lineOf } from './report.ts'
import { ROWS } from './rows/rows.ts'
import { runRow } from './run.ts'

afterAll(removeSharedPostgres)

test.each(ROWS)('[G1–G5] $id: $fault', { timeout: 120_000 }, async row => {
  const outcome = await runRow(row, { scale: 'ci', store: 'sqlite' })
  console.log(lineOf(outcome))
  expect(outcome.findings).toEqual([])
  if (!outcome.notRun) expect(outcome.accepted).toBeGreaterThan(50)
})

/** The row in which each broken server must be caught. */
const CAUGHT_BY: Record<Mutant, string> = {
  'ack-before-commit': 'F1',
  'forgets-keys': 'F13',
  'fan-out-before-store': 'F1',
  'catches-up-by-time': 'F17',
  'believes-it-missed-nothing': 'F10',
}

test.each(MUTANTS)('a server that is broken on purpose is caught: %s', { timeout: 90_000 }, async mutant => {
  const row = ROWS.find(({ id }) => id === CAUGHT_BY[mutant])
  if (!row) throw new Error('the row is missing')
  const { findings } = await runRow(row, { scale: 'ci', store: 'sqlite', mutant })
  expect(findings.filter(({ fault }) => fault !== 'promise broken')).not.toEqual([])
})
