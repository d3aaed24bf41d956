import { parseArgs } from 'node:util'
import { readCases, readEntries } from './bot/evaluation/cases.ts'
import { printReport, reportOf } from './bot/evaluation/report.ts'
import { runCases } from './bot/evaluation/run.ts'
import { openModel } from './bot/match/model.ts'

/** `pnpm faq:eval …`: how well the bot answers from an FAQ, by questions whose right entry is known. */
const USAGE = `Usage: pnpm faq:eval --faq FILE --queries FILE [--oos-label oos] [--wrong 0.05] [--json]

FILE has a line {"t": text, "y": entry, "lang": language?} each; --faq may be a folder of Markdown entries too.`

function main(): void {
  const { values } = parseArgs({
    options: {
      faq: { type: 'string' },
      queries: { type: 'string' },
      'oos-label': { type: 'string', default: 'oos' },
      wrong: { type: 'string', default: '0.05' },
      json: { type: 'boolean', default: false },
    },
  })
  const wrong = Number(values.wrong)
  if (!values.faq || !values.queries || !(wrong > 0 && wrong < 1)) throw new Error(USAGE)
  const entries = readEntries(values.faq)
  const cases = readCases(values.queries, values['oos-label'], entries)
  if (entries.length === 0 || cases.length === 0) throw new Error('There is nothing to ask, or nobody asks.')
  const run = runCases(openModel(), entries, cases, wrong)
  console.log(values.json ? JSON.stringify(reportOf(run)) : printReport(run, wrong))
}

try {
  main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
