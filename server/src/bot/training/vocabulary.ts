import { featuresOf } from '../match/features.ts'
import type { Corpus } from './corpus.ts'

/** How much a set's texts count when rows are given out: ours before the world's. */
const OURS = 3
const TRANSLATED = 1
const FOREIGN = 0.5

/** The hashes of the features that get a row: those seen most, in the order of their hashes. */
export function chooseFeatures(corpus: Corpus, rows: number): Uint32Array {
  const seen = new Map<number, number>()
  const count = (text: string, weight: number) => {
    for (const feature of featuresOf(text)) seen.set(feature, (seen.get(feature) ?? 0) + weight)
  }
  for (const { text } of corpus.asked) count(text, OURS)
  for (const text of corpus.background) count(text, OURS)
  for (const [english, other] of corpus.pairs) {
    // The same English sentence comes with many languages.
    count(english, TRANSLATED / 4)
    count(other, TRANSLATED)
  }
  for (const { examples } of corpus.fields) for (const { text } of examples) count(text, FOREIGN)
  const most = [...seen].sort(([a, often], [b, oftener]) => oftener - often || a - b).slice(0, rows)
  return Uint32Array.from(most, ([feature]) => feature).sort()
}
