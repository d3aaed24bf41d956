import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How much each telling piece of a word speaks for each language; learned by `training/`. */
export type LanguageTable = { languages: string[]; weights: Record<string, number[]> }

/** The languages of the pack. */
const PACKED = new Set(['en', 'zh', 'ru', 'es', 'ko', 'ja', 'vi', 'tr', 'pt', 'ar', 'id', 'fr'])

const { languages, weights }: LanguageTable = JSON.parse(
  readFileSync(join(import.meta.dirname, 'language.json'), 'utf8'),
)
/** A map, since people also write "constructor". */
const weightsOf = new Map(Object.entries(weights))

/**
 * Scripts that stand for one language among those the pack knows, and how much of the letters must be of it: "USDT" and
 * "2FA" are said in every language. Kana stand before Han, of which Japanese has more.
 */
const BY_SCRIPT: [language: string, pattern: RegExp, enough: number][] = [
  ['ko', /\p{Script=Hangul}/gu, 0.25],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 0.1],
  ['zh', /\p{Script=Han}/gu, 0.25],
  ['ru', /\p{Script=Cyrillic}/gu, 0.25],
  ['ar', /\p{Script=Arabic}/gu, 0.25],
]
/**
 * So much more must speak for a language than for the next one, and than for the page's, in natural logarithms; of one
 * word and of two more, since a name or a word of the trade is like a word of some language.
 */
const CLEAR = 1.5
const CLEAR_OF_TWO = 3
const CLEAR_OF_ONE = 5
/** Addresses, hashes, amounts and e-mails are no language. */
const NO_WORDS = /\S*[\d@]\S*/g

/**
 * The language that a text is written in, as ISO 639-1, or nothing where it does not say: "2FA", "ok", "0.5 BTC".
 *
 * @param page the language of the page, which is believed where two are as likely
 */
export function languageOf(text: string, page?: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return undefined
  for (const [language, pattern, enough] of BY_SCRIPT) {
    if ((text.match(pattern)?.length ?? 0) / letters < enough) continue
    if (language === 'zh' && page === 'ja') return page
    // What the pack does not know, such as Ukrainian or Persian, is believed to the page.
    return page && isNeighbour(page, language) ? page : language
  }
  return latinLanguageOf(text.replace(NO_WORDS, ' '), page)
}

/** Whether the page's language is one the pack lacks, written in the script of one that it has. */
function isNeighbour(page: string, language: string): boolean {
  return !PACKED.has(page) && writtenIn(page) === writtenIn(language)
}

/** In which script a language is written there, as ISO 15924: `Hant` in `zh-TW`. Nothing for a tag that is none. */
export function writtenIn(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).maximize().script
  } catch {
    return undefined
  }
}

function latinLanguageOf(text: string, page: string | undefined): string | undefined {
  const scores = new Map(languages.map(language => [language, 0]))
  for (const piece of piecesOf(text)) {
    weightsOf.get(piece)?.forEach((weight, place) => {
      const language = languages[place] ?? ''
      scores.set(language, (scores.get(language) ?? 0) + weight / WEIGHT_UNIT)
    })
  }
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a)
  if (!first || !second) return undefined
  const rival = Math.max(second[1], (page !== first[0] && scores.get(page ?? '')) || 0)
  const words = text.match(/\p{L}+/gu)?.length ?? 0
  const clear = words === 1 ? CLEAR_OF_ONE : words === 2 ? CLEAR_OF_TWO : CLEAR
  return first[1] - rival >= clear ? first[0] : undefined
}

/** Weights are stored as whole numbers of this part of one. */
export const WEIGHT_UNIT = 16

/** Words, and runs of three letters within them: "_qu", "que", "ue_". Marks stay: they tell languages apart. */
export function piecesOf(text: string): string[] {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .slice(0, 600)
      .match(/\p{L}+/gu) ?? []
  return words.flatMap(word => {
    const framed = `_${word}_`
    const runs = Array.from({ length: framed.length - 2 }, (_, from) => framed.slice(from, from + 3))
    return word.length > 1 ? [word, ...runs] : runs
  })
}
