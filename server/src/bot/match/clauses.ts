import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACK } from '../pack/pack.ts'
import { fold } from './fold.ts'

/** What is read of a message, in UTF-16 units: nobody buys seconds of everybody's thread with one message. */
export const READ = 600

const PIECES = /[^.!?;,:…\n。！？；，、؟؛،]+[.!?;,:…\n。！？；，、؟؛،]*/gu
const ENDS = /[.!?;,:…\n。！？；，、؟؛،]+$/u

/** Clauses as they stand, each with what ends it. */
const piecesOf = (text: string): string[] => text.slice(0, READ).match(PIECES) ?? []

/** The clauses of a text, as far as it is read, without what only greets and thanks. */
export function clausesOf(text: string): string[] {
  return piecesOf(text)
    .map(piece => piece.replace(ENDS, '').trim())
    .filter(clause => clause !== '' && !isCourtesy(clause))
}

/**
 * A text without the clauses that only greet and thank, which nobody who asks for something means. Empty for "Hello!
 * Thank you."
 */
export function withoutCourtesy(text: string): string {
  return piecesOf(text)
    .filter(piece => !isCourtesy(piece.replace(ENDS, '').trim()))
    .join('')
    .trim()
}

/** A text folded, its words parted by single spaces. */
export const plain = (text: string): string => fold(text).replaceAll('?', ' ').replace(/\s+/g, ' ').trim()

const PHRASES = readFileSync(join(PACK, 'courtesy.txt'), 'utf8')
  .split(/[\n,]/)
  .map(plain)
  .filter(phrase => phrase !== '')
  // The longest first: "thank you very much" is not "thank you" and a rest.
  .sort((a, b) => b.length - a.length)
const ONLY_COURTESY = new RegExp(
  `^(?:(?:${PHRASES.join('|')})(?: |$|(?<=[\\p{Script=Han}\\p{Script=Hiragana}])))+$`,
  'u',
)

const AROUND = new RegExp(
  `^(?:(?:${PHRASES.join('|')})(?: |(?<=[\\p{Script=Han}])))+|(?: (?:${PHRASES.join('|')}))+$`,
  'gu',
)

/** A text folded, without words of courtesy before and after: "please, an agent" is "an agent". */
export const foldedCore = (text: string): string => plain(withoutCourtesy(text)).replace(AROUND, '').trim()

/** Whether a clause is a greeting, thanks or the like, in any of the languages that the pack has, and nothing else. */
export function isCourtesy(clause: string): boolean {
  return clause.length <= LONGEST && ONLY_COURTESY.test(plain(clause))
}

/** In UTF-16 units; courtesy of more is a letter. */
const LONGEST = 60
