/**
 * The desk's session cookie. The `__Host-` prefix binds it to this host and to https; on this machine's
 * loopback, where the demo runs without TLS, browsers take it over http as well.
 */
export const DESK_COOKIE = '__Host-nightdesk'

/** Reads the session from a Cookie header. */
export const readDeskCookie = (header: string | undefined): string | undefined =>
  readCookie(header, DESK_COOKIE)

/** Reads one cookie from a Cookie header (RFC 6265). A second cookie of the name makes it worthless. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map(pair => pair.trim())
    .filter(pair => pair.startsWith(`${name}=`))
  return values.length === 1 ? values[0]?.slice(name.length + 1) : undefined
}

/** `SameSite=Strict`: no other site can make the desk act. `token` empty ends the session. */
export function deskCookie(token: string, maxAgeSeconds: number): string {
  return `${DESK_COOKIE}=${token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`
}
