import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How much each telling piece of a word speaks for each language; learned by `training/`. */
export type LanguageTable = { languages: string[]; weights: Record<string, number[]> }

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
/** So much more must speak for a language than for the next one, and than for the page's, in natural logarithms. */
const CLEAR = 1.5

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
    return language === 'zh' && page === 'ja' ? page : language
  }
  return latinLanguageOf(text, page)
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
  return first[1] - rival >= CLEAR ? first[0] : undefined
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
