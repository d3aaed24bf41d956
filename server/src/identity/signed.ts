import { createHmac, timingSafeEqual } from 'node:crypto'
import { ChatError } from '@nightdesk/shared/errors.ts'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload } from 'jose'
import * as v from 'valibot'
import type { Site } from '../config.ts'

/** What the exchange signs lives at most this long, so that a log-out there is felt soon. */
const LASTS_S = 15 * 60

/**
 * The exchange's own id of a customer. A lone surrogate or a NUL is stored by no database as it is: two customers
 * could become one.
 */
export const subject = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(128),
  v.check(id => id.isWellFormed() && !id.includes('\0')),
)

/** How far two clocks may be apart. */
const TOLERANCE_S = 5

/** What is checked of every token, whatever else it claims. */
const frame = v.object({
  sub: v.string(),
  jti: v.string(),
  aud: v.union([v.string(), v.array(v.string())]),
  iat: v.number(),
  exp: v.number(),
  nbf: v.optional(v.number()),
})

/**
 * Checks what the exchange has signed for an audience (JWT, RFC 7519; HS256, RFC 7518). Throws IDENTITY_INVALID. The
 * signature is checked at once: as a job of the thread pool, which is how jose does it, it costs four times as much
 * and is most of what a connection costs beyond its socket.
 *
 * @param now epoch milliseconds
 */
export function verifySigned<Claims>(
  site: Site,
  audience: string,
  claims: v.GenericSchema<JWTPayload, Claims>,
  token: string,
  now: number,
): Claims {
  try {
    const { alg, crit, b64 } = decodeProtectedHeader(token)
    const isPlain = alg === 'HS256' && crit === undefined && b64 === undefined
    if (!isPlain || !isSigned(site, token)) throw new ChatError('IDENTITY_INVALID')
    const payload = decodeJwt(token)
    assertValid(v.parse(frame, payload), audience, now)
    return v.parse(claims, payload)
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof v.ValiError || error instanceof TypeError) {
      throw new ChatError('IDENTITY_INVALID')
    }
    throw error
  }
}

/** The signature covers the token as it was sent, up to its last dot. */
function isSigned(site: Site, token: string): boolean {
  const dot = token.lastIndexOf('.')
  const signature = createHmac('sha256', site.identitySecret).update(token.slice(0, dot)).digest('base64url')
  const [shown, expected] = [Buffer.from(token.slice(dot + 1)), Buffer.from(signature)]
  return shown.length === expected.length && timingSafeEqual(shown, expected)
}

function assertValid(signed: v.InferOutput<typeof frame>, audience: string, now: number): void {
  const { aud, iat, exp, nbf = iat } = signed
  const at = Math.floor(now / 1000)
  const lasts = exp - iat
  // An `iat` that lies ahead is refused too: else a token could be made today that opens the door next year.
  const isNow = Math.max(iat, nbf) <= at + TOLERANCE_S && at - TOLERANCE_S < exp
  if (![aud].flat().includes(audience) || lasts <= 0 || lasts > LASTS_S || !isNow) {
    throw new ChatError('IDENTITY_INVALID')
  }
}
