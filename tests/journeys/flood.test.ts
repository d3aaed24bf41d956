import { expect, test } from 'vitest'
import { quantile, runFlood } from '../bench/flood-run.ts'

/** The small sister of `pnpm flood`; other tests run beside it, so it says less of speed than of fairness. */
test('[L6] a flood of dials does not hurt honest people', async () => {
  const outcome = await runFlood({ rate: 500, seconds: 6, addresses: 50, people: 60 })
  expect(outcome.flood.dials).toBeGreaterThan(2000)
  expect(outcome.flood.refused).toBeGreaterThan(0)
  expect(outcome.refusedHonest).toEqual([])
  expect(outcome.end.missing).toBe(0)
  expect(outcome.end.sent - outcome.end.acked).toBe(0)
  expect(outcome.during.length).toBeGreaterThan(40)
  expect(quantile(outcome.during, 0.95)).toBeLessThan(300)
  expect(outcome.rss.most).toBeLessThan(600)
}, 60_000)
