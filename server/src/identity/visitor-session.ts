import { ChatError } from '@nightdesk/shared/errors.ts'
import type { VisitorSelf } from '@nightdesk/shared/protocol/visitor.ts'
import * as v from 'valibot'
import type { Site } from '../config.ts'
import type { Parts } from '../parts.ts'
import type { Visitor } from '../store/store.ts'
import { hashToken, newToken } from './secrets.ts'
import { subject, verifySigned } from './signed.ts'

export type VisitorSession = {
  visitor: Visitor
  self: VisitorSelf
  /** When the identity that was shown was signed. */
  signedAt?: number
  /** When the identity that was shown ends; an anonymous session has no end of its own. */
  expiresAt?: number
  /** A token just made, for the browser to keep. */
  newToken?: string
}

type Presented = { session?: string; identity?: string; locale: string }

/** What is shown, never what is gone by: characters that cannot be stored are left out. */
const shown = v.pipe(
  v.string(),
  v.maxLength(64),
  v.transform(words => words.toWellFormed().replaceAll('\0', '')),
)

const claims = v.object({
  sub: subject,
  iat: v.number(),
  exp: v.number(),
  jti: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  name: v.optional(shown),
  phrase: v.optional(shown),
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
    const self = verifySigned(site, site.id, claims, presented.identity, parts.now())
    const visitor = await parts.store.verifiedVisitor({
      siteId: site.id,
      externalId: self.sub,
      name: self.name ?? null,
      locale: presented.locale,
      at: parts.now(),
    })
    const signedAt = self.iat * 1000
    if (signedAt < visitor.loggedOutAt) throw new ChatError('IDENTITY_INVALID')
    if (anonymous) await adopt(parts, anonymous, visitor)
    const { name, phrase } = self
    return {
      visitor,
      self: { ref: visitor.id, verified: true, ...(name ? { name } : {}), ...(phrase ? { phrase } : {}) },
      signedAt,
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
  const conversationIds = await parts.store.adopt(anonymous.id, verified.id, parts.now())
  parts.live.publish({ kind: 'adopted', from: anonymous.id, to: verified.id, conversationIds })
}
