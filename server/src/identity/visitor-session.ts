import { ChatError } from '@nightdesk/shared/errors.ts'
import type { VisitorSelf } from '@nightdesk/shared/protocol/visitor.ts'
import { errors, jwtVerify } from 'jose'
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

const claims = v.object({
  sub: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  iat: v.number(),
  exp: v.number(),
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
  /** May refuse a browser that was never here before, by throwing. */
  onNewGuest: () => Promise<void> = async () => undefined,
): Promise<VisitorSession> {
  const anonymous = await anonymousVisitor(parts, site, presented.session)
  if (presented.identity !== undefined) {
    const self = await verifyIdentity(site, presented.identity, parts.now())
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

  await onNewGuest()
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

/** Checks an identity token (JWT, RFC 7519; HS256, RFC 7518). Throws IDENTITY_INVALID. */
async function verifyIdentity(site: Site, token: string, now: number) {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(site.identitySecret), {
      algorithms: ['HS256'],
      audience: site.id,
      requiredClaims: ['sub', 'exp', 'iat', 'jti'],
      currentDate: new Date(now),
      clockTolerance: 5,
      // Also refuses an `iat` that lies ahead: else a token could be made today that opens the door next year.
      maxTokenAge: IDENTITY_LASTS_S,
    })
    const identity = v.parse(claims, payload)
    const lasts = identity.exp - identity.iat
    if (lasts <= 0 || lasts > IDENTITY_LASTS_S) throw new ChatError('IDENTITY_INVALID')
    return identity
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof v.ValiError || error instanceof TypeError) {
      throw new ChatError('IDENTITY_INVALID')
    }
    throw error
  }
}
