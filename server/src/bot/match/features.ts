import { fold } from './fold.ts'

/**
 * The features of a text, each once, as 32-bit hashes: words, pairs of words, and runs of 3 to 5 characters within a
 * word; of Korean words runs of 1 to 3 syllables; of Chinese and Japanese, which have no spaces, runs of 1 to 4
 * characters. Runs see through typos and endings, so no language needs a stemmer, and none a dictionary.
 *
 * Source: the subword bag of Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information"; hashes are
 * 32-bit FNV-1a over UTF-16 units (Fowler, Noll, Vo).
 */
export function featuresOf(text: string): Uint32Array {
  const found = new Set<number>()
  let before: number | undefined
  for (const token of fold(text).replaceAll('?', ' ? ').split(' ')) {
    for (const part of token.split(UNSPACED)) {
      if (part === '') continue
      if (HAN_OR_KANA.test(part)) {
        addRuns(found, RUN_OF_CHARACTERS, part, 1, 4)
        before = undefined
        continue
      }
      const word = hash(WORD, part)
      found.add(word)
      if (before !== undefined) found.add(hash(before ^ PAIR, part))
      before = word
      if (HANGUL.test(part)) addRuns(found, RUN_OF_SYLLABLES, part, 1, 3)
      else addRuns(found, RUN_OF_LETTERS, `<${part}>`, 3, 5)
    }
  }
  return Uint32Array.from(found)
}

const UNSPACED = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+)/u
const HAN_OR_KANA = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const HANGUL = /\p{Script=Hangul}/u

/** Kinds of feature begin their hashes differently, so that a word is not the run with the same letters. */
const WORD = 0x811c9dc5
const PAIR = 0x5bd1e995
const RUN_OF_LETTERS = 0x2f0b4a27
const RUN_OF_SYLLABLES = 0x71c9a3b1
const RUN_OF_CHARACTERS = 0x1e35a7bd

function addRuns(found: Set<number>, kind: number, text: string, shortest: number, longest: number): void {
  for (let from = 0; from < text.length; from++) {
    let run = kind
    for (let length = 1; length <= longest && from + length <= text.length; length++) {
      run = step(run, text.charCodeAt(from + length - 1))
      if (length >= shortest) found.add(run)
    }
  }
}

function hash(start: number, text: string): number {
  let value = start
  for (let index = 0; index < text.length; index++) value = step(value, text.charCodeAt(index))
  return value
}

const step = (value: number, unit: number): number => Math.imul(value ^ unit, 0x01000193) >>> 0
