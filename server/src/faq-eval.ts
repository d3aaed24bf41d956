import { parseArgs } from 'node:util'
import { readCases, readEntries } from './bot/evaluation/cases.ts'
import { printReport } from './bot/evaluation/print-report.ts'
import { reportOf } from './bot/evaluation/report.ts'
import { runCases } from './bot/evaluation/run.ts'
import { ALLOWED_WRONG } from './bot/faq-bot.ts'
import { openModel } from './bot/match/model.ts'

/** `pnpm faq:eval …`: how well the bot answers from an FAQ, by questions whose right entry is known. */
const USAGE = `Usage: pnpm faq:eval --faq FILE --queries FILE [--oos-label oos] [--wrong ${ALLOWED_WRONG}] [--json]

FILE has a line {"t": text, "y": entry, "lang": language?} each; --faq may be a folder of Markdown entries too.
A question that no entry answers has the --oos-label, or a label that is no entry's, which is said; --wrong is the share of answers that may be wrong.`

function main(args: string[]): void {
  const { faq, queries, oosLabel, wrong, isJson } = optionsOf(args)
  const entries = readEntries(faq, oosLabel, console.error)
  const cases = readCases(queries, oosLabel, entries, console.error)
  const run = runCases(openModel(), entries, cases, wrong)
  console.log(isJson ? JSON.stringify(reportOf(run)) : printReport(run, wrong))
}

function optionsOf(args: string[]) {
  const { faq, queries, 'oos-label': oosLabel, wrong, json: isJson } = parse(args)
  if (!faq || !queries) throw new Error(USAGE)
  const share = Number(wrong)
  if (!(share > 0 && share < 1)) throw misused(`--wrong must be a share between 0 and 1, not ${wrong}`)
  return { faq, queries, oosLabel, wrong: share, isJson }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        faq: { type: 'string' },
        queries: { type: 'string' },
        'oos-label': { type: 'string', default: 'oos' },
        wrong: { type: 'string', default: `${ALLOWED_WRONG}` },
        json: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw misused((error as Error).message)
  }
}

const misused = (what: string): Error => new Error(`${what}\n\n${USAGE}`)

try {
  main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
