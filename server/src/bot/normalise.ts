/**
 * Brings a text to the form in which it is compared: NFKC, lower case, no combining marks, one space.
 * Source: Unicode Standard Annex 15 (normalisation forms).
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu

/**
 * The terms of a text. Scripts without spaces become overlapping pairs of characters, which needs no
 * dictionary and is the usual baseline for them; everything else is split at spaces.
 */
export function termsOf(text: string): string[] {
  const terms: string[] = []
  const rest = normalise(text).replace(CJK, run => {
    if (run.length === 1) terms.push(run)
    for (let index = 0; index + 1 < run.length; index++) terms.push(run.slice(index, index + 2))
    return ' '
  })
  for (const word of rest.split(' ')) if (word !== '') terms.push(word)
  return terms
}
