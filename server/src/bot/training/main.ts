import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Weights, writeWeights } from '../match/encoder.ts'
import { readCorpus } from './corpus.ts'
import { FOLDS } from './folds.ts'
import { tellLanguages } from './tell-languages.ts'
import { inThreads } from './threads.ts'
import { weigh } from './weigh.ts'

/**
 * `pnpm train`: learns everything anew from the pack and the sets in `data/`, and writes it where the bot reads it. The
 * same inputs give the same bytes, however many cores there are. About twenty minutes on two.
 */
const MATCH = join(import.meta.dirname, '../match')

write('language.json', `${JSON.stringify(tellLanguages(readCorpus()))}\n`)
const [all, ...folds] = await inThreads<number | null, Weights>(
  new URL('./fold-thread.ts', import.meta.url),
  [null, ...Array.from({ length: FOLDS }, (_, fold) => fold)],
)
if (!all) throw new Error('nothing was learned')
write('encoder.bin', writeWeights(all))
write('judge.json', `${JSON.stringify(await weigh(folds, all))}\n`)

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(MATCH, name), content)
  console.log(`${name}: ${content.length} bytes, ${Math.round(performance.now() / 1000)} s`)
}
