import type { Weights } from '../match/encoder.ts'
import type { Corpus } from './corpus.ts'
import { learn } from './learn.ts'

/** So many encoders each go without another part of the texts. */
export const FOLDS = 4

/** In which part a text is, whatever the order of the files. */
export const foldOf = (text: string): number => (sumOf(text) >>> 7) % FOLDS

/** In which half of its part. */
export const halfOf = (text: string): number => (sumOf(text) >>> 13) % 2

function sumOf(text: string): number {
  let sum = 0
  for (let index = 0; index < text.length; index++) sum = (Math.imul(sum, 31) + text.charCodeAt(index)) >>> 0
  return sum
}

/** Which other field an encoder has learned from; all others are strange to it. */
export const fieldOf = (fold: number, corpus: Corpus) => corpus.fields[fold % corpus.fields.length]!

/** An encoder that has never seen the texts of this part, so that they can visit it as strangers do. */
export function learnWithout(corpus: Corpus, fold: number): Weights {
  const isKnown = (text: string): boolean => foldOf(text) !== fold
  const field = fieldOf(fold, corpus)
  return learn({
    ...corpus,
    asked: corpus.asked.filter(({ text }) => isKnown(text)),
    background: corpus.background.filter(isKnown),
    // What one field's customers ask is also what another one's FAQ does not answer.
    fields: [{ ...field, examples: field.examples.filter(({ text }) => isKnown(text)) }],
  })
}
