import * as v from 'valibot'
import type { Site } from '../config.ts'
import { subject, verifySigned } from './signed.ts'

const claims = v.object({
  sub: subject,
  iat: v.number(),
  exp: v.number(),
})

/**
 * Whom the exchange logs out, and from which moment on identities are good again, epoch milliseconds. Identities are
 * dated by the exchange's clock, which may be ahead of ours: those that it signed up to the second of this token are
 * older. The audience is another than an identity's, so that neither token can be used as the other. Throws
 * IDENTITY_INVALID.
 */
export async function verifyLogOut(
  site: Site,
  token: string,
  now: number,
): Promise<{ customer: string; at: number }> {
  const { sub, iat } = await verifySigned(site, `log-out:${site.id}`, claims, token, now)
  return { customer: sub, at: Math.max(now, Math.floor(iat) * 1000 + 1) }
}
