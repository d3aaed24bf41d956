import { parentPort, workerData } from 'node:worker_threads'
import { readCorpus } from './corpus.ts'
import { learnWithout } from './folds.ts'
import { learn } from './learn.ts'

/** A thread of its own that learns one encoder: without a fold, or, for `null`, of everything. */
const fold = workerData as number | null
const corpus = readCorpus()
parentPort?.postMessage(fold === null ? learn(corpus) : learnWithout(corpus, fold))
