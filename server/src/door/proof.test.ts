import { ChatError } from '@nightdesk/shared/errors.ts'
import type { Challenge, Proof } from '@nightdesk/shared/protocol/proof.ts'
import { proof as proofSchema } from '@nightdesk/shared/protocol/proof.ts'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { localLimits } from './limits.ts'
import { createProofs, WORK } from './proof.ts'

const HERE = '203.0.113.7'
const TIMES = 200

function newDoor() {
  let at = Date.now()
  const now = () => at
  const proofs = createProofs({ secretKey: 'k'.repeat(32), now, limits: localLimits({ now }) })
  const demanded = async (
    given?: Proof,
    action: 'connect' | 'conversation:start' = 'connect',
    from = HERE,
  ) => {
    try {
      await proofs.demand(given, action, from)
      return undefined
    } catch (error) {
      if (error instanceof ChatError && error.code === 'PROOF_NEEDED') return error.detail.challenge
      throw error
    }
  }
  const challenge = async (...args: Parameters<typeof demanded>): Promise<Challenge> => {
    const made = await demanded(...args)
    if (!made) throw new Error('nothing was demanded')
    return made
  }
  return {
    challenge,
    /** Whether a proof lets somebody in; it is believed as the door believes it, by its schema. */
    opens: async (given: unknown, action: 'connect' | 'conversation:start' = 'connect', from = HERE) => {
      const parsed = v.safeParse(proofSchema, given)
      return parsed.success && (await demanded(parsed.output, action, from)) === undefined
    },
    pass: (ms: number) => {
      at += ms
    },
  }
}

async function solve(challenge: Challenge): Promise<Proof> {
  const solution = await solveChallenge({ challenge, deriveKey })
  if (!solution) throw new Error('not solved')
  return { challenge, solution: { counter: solution.counter, derivedKey: solution.derivedKey } }
}

test('[L5] a proof opens once, for its action, from its network', async () => {
  const { challenge, opens } = newDoor()
  const proof = await solve(await challenge())
  expect(await opens(proof, 'conversation:start')).toBe(false)
  expect(await opens(proof, 'connect', '203.0.114.7')).toBe(false)
  expect(await opens(proof, 'connect', '203.0.113.250')).toBe(true)
  for (let time = 0; time < TIMES; time++) expect(await opens(proof)).toBe(false)
})

test('[L5] of many who show the same proof at the same moment one gets in', async () => {
  const { challenge, opens } = newDoor()
  const proof = await solve(await challenge())
  const opened = await Promise.all(Array.from({ length: TIMES }, () => opens(structuredClone(proof))))
  expect(opened.filter(Boolean).length).toBe(1)
})

test('[L5] a proof is worth nothing after five minutes', async () => {
  const { challenge, opens, pass } = newDoor()
  const proof = await solve(await challenge())
  pass(5 * 60_000 + 1)
  for (let time = 0; time < TIMES; time++) expect(await opens(proof)).toBe(false)
})

test('[L5] no proof of another make, spliced, or with a number as text opens', async () => {
  const { challenge, opens } = newDoor()
  const [one, other] = [await solve(await challenge()), await challenge()]
  const { parameters, signature } = one.challenge
  const { counter, derivedKey } = one.solution
  const changed = (change: object) => ({ ...one, challenge: { ...one.challenge, ...change } })
  const forgeries: unknown[] = [
    { ...one, challenge: other },
    changed({ parameters: other.parameters }),
    changed({ signature: other.signature }),
    changed({ signature: signature.toUpperCase() }),
    changed({ signature: '' }),
    changed({ signature: undefined }),
    changed({ parameters: { ...parameters, expiresAt: parameters.expiresAt + 3600 } }),
    changed({ parameters: { ...parameters, expiresAt: String(parameters.expiresAt) } }),
    changed({ parameters: { ...parameters, cost: 1 } }),
    changed({ parameters: { ...parameters, cost: `${parameters.cost}` } }),
    changed({ parameters: { ...parameters, keyPrefix: derivedKey.slice(0, 2) } }),
    changed({ parameters: { ...parameters, data: { ...parameters.data, from: '0.0.0.0/0' } } }),
    changed({ parameters: { ...parameters, algorithm: 'SHA-256' } }),
    changed({ parameters: { ...parameters, more: 1 } }),
    { ...one, solution: { counter: String(counter), derivedKey } },
    { ...one, solution: { counter: counter + 0.5, derivedKey } },
    { ...one, solution: { counter: -1, derivedKey } },
    { ...one, solution: { counter, derivedKey: derivedKey.toUpperCase() } },
    { ...one, solution: { counter, derivedKey: derivedKey.slice(0, 32) } },
    { ...one, solution: { counter, derivedKey: `${derivedKey}00` } },
    { ...one, solution: { counter, derivedKey: [derivedKey] } },
    { ...one, solution: { number: counter, derivedKey } },
    { algorithm: 'SHA-256', challenge: signature, number: counter, salt: parameters.salt, signature },
    { challenge: other, solution: { counter: 0, derivedKey: parameters.keySignature } },
  ]
  for (let time = 0; time < 40; time++) {
    for (const [index, forgery] of forgeries.entries()) {
      expect(await opens(forgery), `forgery ${index}`).toBe(false)
    }
  }
  // None of this used up the true one.
  expect(await opens(one)).toBe(true)
})

test('[L5] a challenge says what it costs, and nothing of who asks but their network', async () => {
  const { challenge } = newDoor()
  const { parameters } = await challenge(undefined, 'connect', '2001:db8:1:2::/64')
  expect(parameters).toMatchObject({
    cost: WORK.cost,
    data: { action: 'connect', from: '2001:db8:1:2::/64' },
  })
  expect((await challenge()).parameters.data.from).toBe('203.0.113.0/24')
})
