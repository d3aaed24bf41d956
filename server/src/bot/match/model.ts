import { type Judge, readJudge } from './confidence.ts'
import { type Encoder, openEncoder, readWeights } from './encoder.ts'

/** What was learned once for all FAQs: what texts mean, and how to weigh what speaks for an entry. */
export type Model = { encoder: Encoder; judge: Judge }

export function openModel(): Model {
  return { encoder: openEncoder(readWeights()), judge: readJudge() }
}
