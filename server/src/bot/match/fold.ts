import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Brings a text to the form in which it is matched. Unlike `normalise`, which keeps what a reader tells apart, it
 * throws away what typists leave out: marks over letters, the shape of an Arabic letter, traditional characters for
 * simplified ones, and what a number or an address says.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[đı’'`´]/g, letter => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(/[أإآٱىةؤئگکی]/g, letter => ARABIC[letter] ?? letter)
    .replace(/[\u4e00-\u9fff]/g, character => SIMPLIFIED.get(character) ?? character)
    .replace(/\b(0x[0-9a-f]{6,}|(?=[a-z]*\d)[a-z0-9]{20,})/g, ' @ ')
    .replace(/(.)\1{2,}/gu, '$1$1')
    .replace(/\d+([.,]\d+)*/g, ' # ')
    .replace(/[^\p{L}\p{M}#@?]+/gu, ' ')
    .trim()
}

/** Combining marks of Latin, Greek and Cyrillic, Arabic vowel signs and the stretching line. */
const MARKS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g

const LETTERS: Record<string, string> = { đ: 'd', ı: 'i' }

const ARABIC: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ؤ: 'و',
  ئ: 'ي',
  گ: 'ك',
  ک: 'ك',
  ی: 'ي',
}

/** Pairs of a traditional character and its simplified one. Source: OpenCC's TSCharacters (Apache-2.0). */
const SIMPLIFIED = new Map<string, string>()
const pairs = Array.from(readFileSync(join(import.meta.dirname, 'hant.txt'), 'utf8').replaceAll('\n', ''))
for (let index = 0; index + 1 < pairs.length; index += 2)
  SIMPLIFIED.set(pairs[index] ?? '', pairs[index + 1] ?? '')
