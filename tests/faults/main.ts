import { parseArgs } from 'node:util'
import { removeSharedPostgres } from './database.ts'
import { openOwnNetwork } from './packets.ts'
import { lineOf } from './report.ts'
import { ROWS } from './rows/rows.ts'
import { runRow } from './run.ts'

/**
 * `pnpm faults [--rows F1,F13] [--scale ci|full] [--store sqlite|postgres] [--nodes 1|2] [--times N] [--json]`: one
 * line a row; exit code 1 when a promise broke.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    scale: { type: 'string', default: 'ci' },
    store: { type: 'string', default: 'sqlite' },
    nodes: { type: 'string' },
    times: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
if (process.env.OWN_NETWORK) openOwnNetwork()
const wanted = values.rows?.split(',')
const scale = values.scale === 'full' ? 'full' : 'ci'
const store = values.store === 'postgres' ? 'postgres' : 'sqlite'
const count = values.times ? Number(values.times) : undefined
const nodes = values.nodes ? Number(values.nodes) : undefined
let broken = 0
for (const row of ROWS) {
  const isWanted = wanted ? wanted.includes(row.id) : true
  if (!isWanted || !(row.stores ?? [store]).includes(store)) continue
  const outcome = await runRow(row, { scale, store, nodes, count })
  if (values.json) console.log(JSON.stringify(outcome))
  else {
    console.log(lineOf(outcome))
    for (const { fault, about } of outcome.findings.slice(0, 10)) console.log(`     ${fault}: ${about}`)
  }
  broken += outcome.findings.length
}
await removeSharedPostgres()
process.exit(broken > 0 ? 1 : 0)
