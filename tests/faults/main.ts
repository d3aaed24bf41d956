import { parseArgs } from 'node:util'
import { ROWS } from './rows.ts'
import { lineOf, runRow } from './run.ts'

/** `pnpm faults [--rows F1,F13] [--scale ci|full] [--times N]`: one line a row; exit code 1 when a promise broke. */
const { values } = parseArgs({
  options: { rows: { type: 'string' }, scale: { type: 'string', default: 'ci' }, times: { type: 'string' } },
})
const wanted = values.rows?.split(',')
const scale = values.scale === 'full' ? 'full' : 'ci'
let broken = 0
for (const row of ROWS.filter(({ id }) => !wanted || wanted.includes(id))) {
  const count = values.times ? Number(values.times) : row.counts[scale]
  const outcome = await runRow(row, { count, visitors: 20, agents: 5 })
  console.log(lineOf(outcome))
  for (const { fault, about } of outcome.findings.slice(0, 10)) console.log(`     ${fault}: ${about}`)
  broken += outcome.findings.length
}
process.exit(broken > 0 ? 1 : 0)
