import { createHmac, timingSafeEqual } from 'node:crypto'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { VisitorSelf } from '@nightdesk/shared/protocol/visitor.ts'
import { decodeJwt, decodeProtectedHeader, errors } from 'jose'
import * as v from 'valibot'
import type { Site } from '../config.ts'
import type { Parts } from '../parts.ts'
import type { Visitor } from '../store/store.ts'
import { hashToken, newToken } from './secrets.ts'

export type VisitorSession = {
  visitor: Visitor
  self: VisitorSelf
  /** When the identity that was shown ends; an anonymous session has no end of its own. */
  expiresAt?: number
  /** A token just made, for the browser to keep. */
  newToken?: string
}

type Presented = { session?: string; identity?: string; locale: string }

/** Identities live at most this long, so that a log-out at the exchange is felt soon. */
const IDENTITY_LASTS_S = 15 * 60
/** How far two clocks may be apart. */
const TOLERANCE_S = 5

const claims = v.object({
  sub: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  iat: v.number(),
  exp: v.number(),
  nbf: v.optional(v.number()),
  aud: v.union([v.string(), v.array(v.string())]),
  jti: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  name: v.optional(v.pipe(v.string(), v.maxLength(64))),
  phrase: v.optional(v.pipe(v.string(), v.maxLength(64))),
})

/**
 * Who is at the door. A signed identity makes a verified visitor and is asked for on every connection; the
 * token of an anonymous browser is worth its own anonymous conversations and nothing more.
 */
export async function openVisitorSession(
  parts: Parts & { secretKey: string },
  site: Site,
  presented: Presented,
): Promise<VisitorSession> {
  const anonymous = await anonymousVisitor(parts, site, presented.session)
  if (presented.identity !== undefined) {
    const self = verifyIdentity(site, presented.identity, parts.now())
    const visitor = await parts.store.verifiedVisitor({
      siteId: site.id,
      externalId: self.sub,
      name: self.name ?? null,
      locale: presented.locale,
      at: parts.now(),
    })
    if (anonymous) await adopt(parts, anonymous, visitor)
    const { name, phrase } = self
    return {
      visitor,
      self: { ref: visitor.id, verified: true, ...(name ? { name } : {}), ...(phrase ? { phrase } : {}) },
      expiresAt: self.exp * 1000,
    }
  }
  if (anonymous) return { visitor: anonymous, self: { ref: anonymous.id, verified: false } }

  const token = newToken()
  const visitor = await parts.store.newAnonymousVisitor({
    siteId: site.id,
    locale: presented.locale,
    tokenHash: hashToken(parts.secretKey, token),
    at: parts.now(),
  })
  return { visitor, self: { ref: visitor.id, verified: false }, newToken: token }
}

async function anonymousVisitor(parts: Parts & { secretKey: string }, site: Site, token: string | undefined) {
  return token === undefined
    ? undefined
    : parts.store.visitorBySession(site.id, hashToken(parts.secretKey, token))
}

/** Only what this very browser wrote before it logged in follows it; never anything found by e-mail or name. */
async function adopt(parts: Parts, anonymous: Visitor, verified: Visitor): Promise<void> {
  const conversationIds = await parts.store.adopt(anonymous.id, verified.id)
  parts.live.publish({ kind: 'adopted', from: anonymous.id, to: verified.id, conversationIds })
}

/**
 * Checks an identity token (JWT, RFC 7519; HS256, RFC 7518). Throws IDENTITY_INVALID. The signature is checked at
 * once: as a job of the thread pool, as jose does it, it costs four times as much, and it is most of what a
 * connection costs beyond its socket.
 */
function verifyIdentity(site: Site, token: string, now: number) {
  try {
    const { alg, crit, b64 } = decodeProtectedHeader(token)
    if (alg !== 'HS256' || crit !== undefined || b64 !== undefined) throw new ChatError('IDENTITY_INVALID')
    assertSigned(site, token)
    const identity = v.parse(claims, decodeJwt(token))
    const { aud, iat, exp, nbf = iat } = identity
    const lasts = exp - iat
    const at = Math.floor(now / 1000)
    // An `iat` that lies ahead is refused too: else a token could be made today that opens the door next year.
    const isNow = Math.max(iat, nbf) <= at + TOLERANCE_S && at - TOLERANCE_S < exp
    if (![aud].flat().includes(site.id) || lasts <= 0 || lasts > IDENTITY_LASTS_S || !isNow) {
      throw new ChatError('IDENTITY_INVALID')
    }
    return identity
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof v.ValiError || error instanceof TypeError) {
      throw new ChatError('IDENTITY_INVALID')
    }
    throw error
  }
}

/** The signature covers the token as it was sent, up to its last dot. */
function assertSigned(site: Site, token: string): void {
  const dot = token.lastIndexOf('.')
  const signed = createHmac('sha256', site.identitySecret).update(token.slice(0, dot)).digest('base64url')
  const [shown, expected] = [Buffer.from(token.slice(dot + 1)), Buffer.from(signed)]
  if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) {
    throw new ChatError('IDENTITY_INVALID')
  }
}
