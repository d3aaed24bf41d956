import { createSecretKey, type KeyObject } from 'node:crypto'
import { ChatError } from '@nightdesk/shared/errors.ts'
import { errors, type JWTPayload, jwtVerify } from 'jose'
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

/** Made once for each site: with the bare text every check would begin with importing it. */
const keys = new WeakMap<Site, KeyObject>()

function keyOf(site: Site): KeyObject {
  const known = keys.get(site) ?? createSecretKey(site.identitySecret, 'utf8')
  keys.set(site, known)
  return known
}

/**
 * Checks what the exchange has signed for an audience (JWT, RFC 7519; HS256, RFC 7518). Throws IDENTITY_INVALID.
 *
 * @param now epoch milliseconds
 */
export async function verifySigned<Claims extends { iat: number; exp: number }>(
  site: Site,
  audience: string,
  claims: v.GenericSchema<JWTPayload, Claims>,
  token: string,
  now: number,
): Promise<Claims> {
  try {
    const { payload } = await jwtVerify(token, keyOf(site), {
      algorithms: ['HS256'],
      audience,
      requiredClaims: ['sub', 'exp', 'iat', 'jti'],
      currentDate: new Date(now),
      clockTolerance: 5,
      // Also refuses an `iat` that lies ahead: else a token could be made today that opens the door next year.
      maxTokenAge: LASTS_S,
    })
    const signed = v.parse(claims, payload)
    const lasts = signed.exp - signed.iat
    if (lasts <= 0 || lasts > LASTS_S) throw new ChatError('IDENTITY_INVALID')
    return signed
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof v.ValiError || error instanceof TypeError) {
      throw new ChatError('IDENTITY_INVALID')
    }
    throw error
  }
}
