import type { FastifyRequest } from 'fastify'

/** The headers of a careful exchange. Only Nightdesk's origin is added to what a page like this allows. */
export function securityHeaders(nightdeskUrl: string): Record<string, string> {
  const nightdesk = new URL(nightdeskUrl).origin
  return {
    'content-security-policy': [
      "default-src 'self'",
      `script-src 'self' ${nightdesk}`,
      `frame-src ${nightdesk}`,
      "connect-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "form-action 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    // Not no-referrer: with that a browser posts our own forms with "Origin: null".
    'referrer-policy': 'strict-origin-when-cross-origin',
  }
}

/** Every browser names the origin of a POST, so a request without one did not come from our page. */
export function fromElsewhere(request: FastifyRequest): boolean {
  const { origin } = request.headers
  if (!origin || !URL.canParse(origin)) return true
  // Hosts only: behind a TLS proxy this server sees http where the browser says https.
  return new URL(origin).host !== request.headers.host
}
