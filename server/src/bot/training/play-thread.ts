import { parentPort, workerData } from 'node:worker_threads'
import { openEncoder, type Weights } from '../match/encoder.ts'
import { randomFrom } from '../match/random.ts'
import { readCorpus } from './corpus.ts'
import { playField, playMixed, playPack, playVisitors } from './games.ts'

/** So many FAQs played with one encoder: against the fold it goes without, or against visitors who had never seen the pack. */
export type Games = { weights: Weights; seed: number; count: number; fold: number | null }

/** What is played with a fold, in turn. */
const KINDS = [playPack, playField, playMixed]

const { weights, seed, count, fold } = workerData as Games
const corpus = readCorpus()
const encoder = openEncoder(weights)
const random = randomFrom(seed)
const visits = Array.from({ length: count }, (_, game) => {
  if (fold === null) return playVisitors(corpus, encoder, random)
  return KINDS[game % KINDS.length]!(corpus, fold, encoder, random)
})
parentPort?.postMessage(visits.flat())
