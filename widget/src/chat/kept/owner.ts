/** Who is not signed in: this browser's own anonymous visitor. */
export const GUEST = ''

/**
 * Whom a proof is about: the customer of a signed identity, an agent by their code, a guest. It is known before the
 * server has answered. The signature is the server's to check; here it only keeps people's words apart on one device.
 */
export function ownerOf(proof: string | null): string {
  if (proof === null) return GUEST
  try {
    const [, claims = ''] = proof.split('.')
    const { sub } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))
    return `sub ${sub}`
  } catch {
    return proof
  }
}
