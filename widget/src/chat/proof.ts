import type { Challenge, Proof } from '@nightdesk/shared/protocol/proof.ts'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import type { Line } from './connection.ts'

const SLOW_MS = 1000

/**
 * Solves a proof of work, in a chunk that loads only when the server asks for one. The browser hashes beside the
 * page, one short attempt after the other, so the page stays alive.
 *
 * @param onLine told that the browser is being checked when it takes longer than a second, and when that is over
 */
export async function solve(
  challenge: Challenge,
  isConnected: () => boolean | undefined,
  onLine: (line: Line) => void,
): Promise<Proof> {
  let said = false
  const slow = setTimeout(() => {
    said = true
    onLine({ state: 'checking' })
  }, SLOW_MS)
  try {
    const solution = await solveChallenge({ challenge, deriveKey })
    if (!solution) throw new Error('the challenge was not solved in time')
    const { counter, derivedKey } = solution
    return { challenge, solution: { counter, derivedKey } }
  } finally {
    clearTimeout(slow)
    if (said) onLine({ state: isConnected() ? 'connected' : 'lost' })
  }
}
