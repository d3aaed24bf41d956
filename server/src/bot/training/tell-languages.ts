import { type LanguageTable, piecesOf, WEIGHT_UNIT } from '../match/language.ts'
import type { Corpus } from './corpus.ts'

/** Languages that share the Latin script and must be told apart by their words. */
const LATIN = ['en', 'es', 'fr', 'id', 'pt', 'tr', 'vi']
const PIECES = 2500
const SEEN_AT_LEAST = 8
/** Nobody is sure by one piece alone. */
const MOST = 3

/** Naive Bayes over pieces of words; kept are the pieces that tell most about the language (mutual information). */
export function tellLanguages({ asked }: Pick<Corpus, 'asked'>): LanguageTable {
  const counts = new Map<string, number[]>()
  const totals = LATIN.map(() => 0)
  for (const { text, language } of asked) {
    const place = LATIN.indexOf(language)
    if (place < 0) continue
    for (const piece of new Set(piecesOf(text))) {
      const own = counts.get(piece) ?? LATIN.map(() => 0)
      counts.set(piece, own)
      own[place] = (own[place] ?? 0) + 1
      totals[place] = (totals[place] ?? 0) + 1
    }
  }
  const rows = [...counts]
    .filter(([, own]) => sum(own) >= SEEN_AT_LEAST)
    .map(([piece, own]) => {
      const shares = own.map((count, place) => (count + 0.5) / ((totals[place] ?? 0) + 0.5 * counts.size))
      const mean = sum(shares) / shares.length
      const told = sum(shares.map(share => share * Math.abs(Math.log(share / mean))))
      const weights = shares.map(share =>
        Math.round(Math.max(-MOST, Math.min(MOST, Math.log(share / mean))) * WEIGHT_UNIT),
      )
      return { piece, weights, told }
    })
    .sort((a, b) => b.told - a.told || (a.piece < b.piece ? -1 : 1))
    .slice(0, PIECES)
  return { languages: LATIN, weights: Object.fromEntries(rows.map(({ piece, weights }) => [piece, weights])) }
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)
