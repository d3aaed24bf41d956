import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../support/sources.ts'
import type { Notebook } from '../notebook.ts'
import type { Settings } from '../settings.ts'

type Taken = Record<
  'coldMs' | 'buildMs' | 'hereMs' | 'pauseMs' | 'addMs' | 'memoryMb' | 'p50Ms' | 'p99Ms',
  number | undefined
>

/** (g) The FAQ bot with 500 entries of ten phrasings, beside minisearch as it comes on the same texts. */
export async function bot(book: Notebook, { rounds }: Settings): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const name of ['minisearch', 'nightdesk']) {
      const taken = await run(name)
      const note = (what: string, unit: string, value: number | undefined, goal?: string) => {
        if (value !== undefined) book.note('g', { what, unit, ...(goal ? { goal } : {}) }, name, value)
      }
      note('a question, p50', 'ms', taken.p50Ms)
      note('a question, p99', 'ms', taken.p99Ms, '≤ 2 ms')
      note('500 × 10 prepared', 'ms', taken.buildMs, '≤ 1 s')
      note('the same in this process', 'ms', taken.hereMs)
      note('longest pause meanwhile', 'ms', taken.pauseMs)
      note('one more phrasing', 'ms', taken.addMs, '≤ 20 ms')
      note('model read at the start', 'ms', taken.coldMs, '≤ 300 ms')
      note('resident memory, more', 'MB', taken.memoryMb, '≤ 60 MB')
    }
  }
}

async function run(name: string): Promise<Taken> {
  const script = join(root, 'tests/bench/servers/bot.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, name])
  return JSON.parse(stdout)
}
