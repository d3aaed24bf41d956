import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { Site } from '../config.ts'
import { verifyLogOut } from './log-out.ts'
import { newToken } from './secrets.ts'

const SITE: Site = { id: 'st_demo', name: 'Northgate', origins: [], identitySecret: newToken(), faqDir: '' }
const NOW = 1_800_000_000

const signedAt = (iat: number, audience = `log-out:${SITE.id}`) =>
  new SignJWT({ sub: 'customer-7', jti: 'once', iat, exp: iat + 60 })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(audience)
    .sign(new TextEncoder().encode(SITE.identitySecret))

test('[S-1] a log-out ends what was signed up to now, and up to its own second where that clock is ahead of ours', async () => {
  const at = async (iat: number) => verifyLogOut(SITE, await signedAt(iat), NOW * 1000 + 500)
  expect(await at(NOW)).toEqual({ customer: 'customer-7', at: NOW * 1000 + 500 })
  expect(await at(NOW - 30)).toEqual({ customer: 'customer-7', at: NOW * 1000 + 500 })
  expect((await at(NOW + 4)).at).toBe((NOW + 4) * 1000 + 1)
})

test('[H4] an identity logs nobody out', async () => {
  const identity = await signedAt(NOW, SITE.id)
  await expect(verifyLogOut(SITE, identity, NOW * 1000)).rejects.toMatchObject({ code: 'IDENTITY_INVALID' })
})
