import { createHmac, randomInt } from 'node:crypto'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { Challenge, Proof, ProofAction } from '@nightdesk/shared/protocol/proof.ts'
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { networkOf } from './address.ts'
import type { Limits } from './limits.ts'

/**
 * Proof of work (ALTCHA v2), asked for only beyond the soft limits. The server picks the number of attempts, so that
 * nobody is unlucky: 0.2 s on a desktop, 0.7 s on a phone, twice that at most. PBKDF2 keeps a rented machine from
 * being a thousand times faster than a browser.
 */
export const WORK = { algorithm: 'PBKDF2/SHA-256', cost: 1000, attempts: [350, 1050] } as const
const GOOD_FOR_MS = 5 * 60_000
/** Enough of the key that no other attempt begins like it. */
const PREFIX_BYTES = 8

type Options = { secretKey: string; now: () => number; limits: Pick<Limits, 'once'> }

export type Proofs = {
  /** Throws PROOF_NEEDED with a challenge, unless the proof holds for this action and this network, now and once. */
  demand(given: Proof | undefined, action: ProofAction, address: string): Promise<void>
}

export function createProofs({ secretKey, now, limits }: Options): Proofs {
  const keyFor = (use: string) => createHmac('sha256', secretKey).update(`proof ${use}`).digest('base64url')
  const secrets = { hmacSignatureSecret: keyFor('challenge'), hmacKeySignatureSecret: keyFor('solution') }

  async function newChallenge(action: ProofAction, address: string): Promise<Challenge> {
    const made = await createChallenge({
      algorithm: WORK.algorithm,
      cost: WORK.cost,
      counter: randomInt(...WORK.attempts),
      keyPrefixLength: PREFIX_BYTES,
      expiresAt: Math.floor((now() + GOOD_FOR_MS) / 1000),
      data: { action, from: networkOf(address) },
      deriveKey,
      ...secrets,
    })
    return made as Challenge
  }

  async function holds(
    { challenge, solution }: Proof,
    action: ProofAction,
    address: string,
  ): Promise<boolean> {
    const { data, expiresAt } = challenge.parameters
    const left = expiresAt * 1000 - now()
    if (data.action !== action || data.from !== networkOf(address) || left <= 0) return false
    const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secrets })
    // The library has no memory: the same solution would be good until it expires.
    return verified && limits.once(`proof:${challenge.signature}`, left)
  }

  return {
    demand: async (given, action, address) => {
      if (given && (await holds(given, action, address))) return
      throw new ChatError('PROOF_NEEDED', { challenge: await newChallenge(action, address) })
    },
  }
}
