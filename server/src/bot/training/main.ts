import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { openEncoder, type Weights, writeWeights } from '../match/encoder.ts'
import { readCorpus } from './corpus.ts'
import { FOLDS } from './folds.ts'
import { tellLanguages } from './tell-languages.ts'
import { weigh } from './weigh.ts'

/**
 * `pnpm train`: learns everything anew from the pack and the sets in `data/`, and writes it where the bot reads it. The
 * same inputs give the same bytes, however many cores there are. About a quarter of an hour on two.
 */
const MATCH = join(import.meta.dirname, '../match')

const corpus = readCorpus()
write('language.json', `${JSON.stringify(tellLanguages(corpus))}\n`)
const [all, ...folds] = await inThreads([null, ...Array.from({ length: FOLDS }, (_, fold) => fold)])
if (!all) throw new Error('nothing was learned')
write('encoder.bin', writeWeights(all))
write('judge.json', `${JSON.stringify(weigh(corpus, folds.map(openEncoder), openEncoder(all)))}\n`)

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(MATCH, name), content)
  console.log(`${name}: ${content.length} bytes, ${Math.round(performance.now() / 1000)} s`)
}

/** Learns one encoder for each order, as many at once as there are cores. */
async function inThreads(orders: readonly (number | null)[]): Promise<Weights[]> {
  const learned: Weights[] = []
  const waiting = [...orders.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [place, fold] = next
      learned[place] = await learnIn(fold)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return learned
}

function learnIn(fold: number | null): Promise<Weights> {
  const worker = new Worker(new URL('./fold-thread.ts', import.meta.url), { workerData: fold })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
