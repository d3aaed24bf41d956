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
    const characters = Array.from(run)
    if (characters.length === 1) terms.push(run)
    characters.slice(1).forEach((character, index) => {
      terms.push(`${characters[index]}${character}`)
    })
    return ' '
  })
  for (const word of rest.split(' ')) if (word !== '') terms.push(word)
  return terms
}
