import { parentPort, workerData } from 'node:worker_threads'
import type { BuildOrder } from './knowledge.ts'
import { openEncoder, readWeights } from './match/encoder.ts'
import { buildIndex } from './match/index.ts'

/** A thread of its own that builds one index and ends. */
const { entries } = workerData as BuildOrder
const index = buildIndex(entries, openEncoder(readWeights()))
const { lessons, meanings, owners, words } = index
const arrays = [
  lessons.hashes,
  lessons.rarity,
  lessons.weights,
  lessons.meanings,
  lessons.bias,
  meanings,
  owners,
]
parentPort?.postMessage(
  index,
  [...arrays, words.starts, words.rows, words.values].map(array => array.buffer as ArrayBuffer),
)
