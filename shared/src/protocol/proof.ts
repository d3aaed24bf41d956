import * as v from 'valibot'

/**
 * Proof of work, asked for only beyond what an address has for free: the ALTCHA v2 challenge and its solution, with
 * exactly our fields. Everything in `parameters` is signed by the server.
 */
const hex = v.pipe(v.string(), v.maxLength(128), v.regex(/^([0-9a-f]{2})+$/))

/** What the proof lets one do. */
export const proofAction = v.picklist(['connect', 'conversation:start'])
export type ProofAction = v.InferOutput<typeof proofAction>

export const challenge = v.strictObject({
  parameters: v.strictObject({
    algorithm: v.literal('PBKDF2/SHA-256'),
    /** Rounds of one attempt. */
    cost: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    data: v.strictObject({ action: proofAction, from: v.pipe(v.string(), v.maxLength(64)) }),
    /** Epoch seconds. */
    expiresAt: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    keyLength: v.literal(32),
    keyPrefix: hex,
    keySignature: hex,
    nonce: hex,
    salt: hex,
  }),
  signature: hex,
})
export type Challenge = v.InferOutput<typeof challenge>

export const proof = v.strictObject({
  challenge,
  solution: v.strictObject({
    counter: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
    derivedKey: hex,
  }),
})
export type Proof = v.InferOutput<typeof proof>
