/** A slip of the finger about every eighteen letters: one left out, two swapped, one doubled, one wrong. */
export function withTypos(text: string, random: () => number): string {
  const letters = Array.from(text)
  const slips = Math.max(1, Math.floor(letters.length / 18))
  for (let slip = 0; slip < slips; slip++) {
    const at = Math.floor(random() * letters.length)
    const letter = letters[at] ?? ''
    const kind = random()
    if (!/\p{L}/u.test(letter)) continue
    if (kind < 0.35) letters.splice(at, 1)
    else if (kind < 0.65) letters.splice(at, 2, letters[at + 1] ?? '', letter)
    else if (kind < 0.8) letters.splice(at, 0, letter)
    else letters[at] = letters[Math.floor(random() * letters.length)] ?? ''
  }
  return letters.join('')
}
