import * as v from 'valibot'
import type { Site } from '../config.ts'
import { subject, verifySigned } from './signed.ts'

const claims = v.object({
  sub: subject,
  iat: v.number(),
  exp: v.number(),
})

/**
 * Whom the exchange logs out. The audience is another than an identity's, so that neither token can be used as
 * the other. Throws IDENTITY_INVALID.
 */
export function verifyLogOut(site: Site, token: string, now: number): string {
  return verifySigned(site, `log-out:${site.id}`, claims, token, now).sub
}
