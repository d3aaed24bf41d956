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
