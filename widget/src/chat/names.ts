/** Up to two letters for a round avatar; Han names show their first character. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/)
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]]
  return letters
    .map(part => Array.from(part ?? '')[0] ?? '')
    .join('')
    .toUpperCase()
}
