import { expect, test } from 'vitest'
import type { StoreKind } from './database.ts'
import { lineOf } from './report.ts'
import type { Row } from './rows/row.ts'
import { runRow } from './run.ts'

/** Every one of these rows at the size of a test run, with the line that the program prints for it. */
export function holdRows(rows: Row[], store: StoreKind): void {
  test.each(rows)(`[G1–G5] $id on ${store}: $fault`, { timeout: 120_000 }, async row => {
    const outcome = await runRow(row, { scale: 'ci', store })
    console.log(lineOf(outcome))
    expect(outcome.findings).toEqual([])
    if (!outcome.notRun) expect(outcome.accepted).toBeGreaterThan(50)
  })
}
