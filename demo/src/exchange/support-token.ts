import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Customer } from './customers.ts'

const lifetime = '10m'

/** Tells Nightdesk who this customer is. An operator writes these lines in its own backend's language. */
export function signSupportToken(
  customer: Customer,
  options: { siteId: string; identitySecret: string },
): Promise<string> {
  return new SignJWT({ name: customer.name, phrase: customer.phrase, locale: customer.locale })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('northgate')
    .setAudience(options.siteId)
    .setSubject(customer.id)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(options.identitySecret))
}

/** Tells Nightdesk that a customer has logged out: their chats end everywhere. A log-out does not wait for it. */
export async function logOutOfSupport(
  customer: Customer,
  options: { nightdeskUrl: string; siteId: string; identitySecret: string },
): Promise<void> {
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(`log-out:${options.siteId}`)
    .setSubject(customer.id)
    .setIssuedAt()
    .setExpirationTime('1m')
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(options.identitySecret))
  const answer = await fetch(`${options.nightdeskUrl}/api/visitors/log-out`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ site: options.siteId, token }),
    signal: AbortSignal.timeout(5000),
  })
  if (!answer.ok) throw new Error(`the support desk answered ${answer.status}`)
}
