import { openEncoder, readWeights } from './match/encoder.ts'
import { buildIndex } from './match/index.ts'
import type { Entry } from './match/types.ts'

/** A process of its own that prepares one index and ends. */
process.once('message', (entries: Entry[]) => {
  const index = buildIndex(entries, openEncoder(readWeights()))
  process.send?.(index, undefined, undefined, () => process.disconnect?.())
})
