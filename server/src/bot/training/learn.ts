import type { Weights } from '../match/encoder.ts'
import { FeatureTable } from '../match/feature-table.ts'
import { featuresOf } from '../match/features.ts'
import { randomFrom, shuffle } from '../match/random.ts'
import { INTENTS } from '../pack/pack.ts'
import { Classes, type Lesson } from './classes.ts'
import type { Corpus, Labelled } from './corpus.ts'
import { inHalves } from './halves.ts'
import { Network } from './network.ts'
import { learnTranslations, type Pair } from './translations.ts'
import { withTypos } from './typos.ts'
import { chooseFeatures } from './vocabulary.ts'

const ROWS = 140_000
const DIMENSIONS = 96
const ROUNDS = 4
const RATE = 0.15
const BATCH = 64

/** Learns the encoder and the intents' vectors. The same corpus gives the same bytes. About a minute on one core. */
export function learn(corpus: Corpus, rounds = ROUNDS): Weights {
  const random = randomFrom(7)
  const hashes = chooseFeatures(corpus, ROWS)
  const table = new FeatureTable(hashes)
  const rowsOf = (text: string): Int32Array =>
    Int32Array.from([...featuresOf(text)].map(feature => table.rowOf(feature)).filter(row => row >= 0))
  const lessonOf = ({ text, label }: Labelled): Lesson => ({ rows: rowsOf(text), label })

  const network = new Network(hashes.length, DIMENSIONS, random)
  const intents = new Classes(INTENTS.length + 1, network, random)
  const ours: Labelled[] = [
    ...corpus.asked,
    ...corpus.background.map(text => ({ text, label: INTENTS.length })),
  ]
  const mistyped = ours.map(one => ({ ...one, text: withTypos(one.text, random) }))
  const courses = [
    { classes: intents, lessons: [...ours, ...mistyped].map(lessonOf) },
    ...corpus.fields.map(({ classes, examples }) => ({
      classes: new Classes(classes, network, random),
      lessons: examples.map(lessonOf),
    })),
  ]
  const pairs: Pair[] = corpus.pairs.map(([english, other]) => [rowsOf(english), rowsOf(other)])

  for (let round = 0; round < rounds; round++) {
    const rate = RATE * (1 - round / rounds)
    const steps = courses.flatMap(({ classes, lessons }) =>
      lessons.map(lesson => () => classes.learn(lesson, rate)),
    )
    for (const batch of batches(shuffle(pairs, random)))
      steps.push(() => learnTranslations(network, batch, rate))
    for (const step of shuffle(steps, random)) step()
  }
  return {
    dimensions: DIMENSIONS,
    hashes,
    ...inHalves(network.vectors, DIMENSIONS),
    intents: intents.vectors,
  }
}

function batches(pairs: Pair[]): Pair[][] {
  const full = Math.floor(pairs.length / BATCH)
  return Array.from({ length: full }, (_, index) => pairs.slice(index * BATCH, (index + 1) * BATCH))
}
