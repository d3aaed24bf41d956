import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Postgres, startPostgres } from '@nightdesk/demo/services/postgres.ts'
import { machineFacts } from './machine.ts'
import { Notebook } from './notebook.ts'
import { bot } from './rows/bot.ts'
import { connections } from './rows/connections.ts'
import { day } from './rows/day.ts'
import { growth } from './rows/growth.ts'
import { messages } from './rows/messages.ts'
import { nodes } from './rows/nodes.ts'
import type { Settings } from './settings.ts'

/** `pnpm bench [--only a,b] [--quick] [--store postgres] [--json FILE]`: Nightdesk beside bare socket.io, as ratios. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    store: { type: 'string', default: 'sqlite' },
    json: { type: 'string' },
  },
})
const ROWS: [ids: string, run: (book: Notebook, settings: Settings) => Promise<void>][] = [
  ['a', messages],
  ['bc', connections],
  ['d', nodes],
  ['e', growth],
  ['f', day],
  ['g', bot],
]

let postgres: Postgres | undefined
const settings: Settings = {
  ...(values.quick ? { rounds: 1, seconds: 1, scale: 0.1 } : { rounds: 3, seconds: 3, scale: 1 }),
  databaseUrl: async () => {
    if (values.store !== 'postgres') return {}
    postgres ??= await startPostgres()
    return { DATABASE_URL: await postgres.newDatabase() }
  },
}
const facts = machineFacts()
const book = new Notebook()
const wanted = values.only?.split(',')
// Whatever ends this process ends the servers it started.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
try {
  for (const [ids, run] of ROWS) {
    if (!wanted || wanted.some(id => ids.includes(id))) await run(book, settings)
  }
} catch (error) {
  console.error(error)
  process.exit(1)
}
await postgres?.remove()
for (const [name, value] of Object.entries(facts)) console.log(`${name.padEnd(10)}${value}`)
console.log(`\n${book.table()}`)
if (values.json) writeFileSync(values.json, JSON.stringify({ facts, figures: book }, null, 2))
