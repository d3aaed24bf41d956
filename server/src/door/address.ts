import type { IncomingMessage } from 'node:http'
import { isIP, isIPv4 } from 'node:net'
import proxyAddr from '@fastify/proxy-addr'

export type Addresses = {
  of(request: Pick<IncomingMessage, 'headers' | 'socket'>): string
  /** Whether a line from this address may be a proxy's, which carries many people. */
  isProxy(peer: string): boolean
}

/**
 * Who is asking, as limits count them: the IPv4 address, or the /64 of an IPv6 address, since a household or a
 * rented machine has all of it (RFC 6177). One rule for requests and for upgrades.
 *
 * @param trusted how many proxies stand before this server, or their addresses: only what they say is believed
 */
export function addressReader(trusted: number | readonly string[]): Addresses {
  // The nearest so many hops are ours; what stands behind them in the header is the asker's own word.
  const isOurs =
    typeof trusted === 'number'
      ? (_address: string, hop: number) => hop < trusted
      : proxyAddr.compile([...trusted])
  return {
    of: request => {
      const named = proxyAddr(request as IncomingMessage, isOurs)
      return addressKey(isIP(named) === 0 ? (request.socket.remoteAddress ?? '') : named)
    },
    isProxy: peer => isOurs(peer, 0),
  }
}

/** The key of an address: IPv4 as it is, also when mapped into IPv6; of IPv6 the first 64 bits. */
export function addressKey(address: string): string {
  const [plain = ''] = address.split('%')
  if (isIPv4(plain)) return plain
  if (isIP(plain) === 0) return 'nobody'
  const groups = groupsOf(plain)
  const mapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff
  if (mapped) return groups.slice(6).flatMap(bytesOf).join('.')
  return `${groups
    .slice(0, 4)
    .map(group => group.toString(16))
    .join(':')}::/64`
}

/** The neighbourhood of an address key: /24 of IPv4, /64 of IPv6. A phone moves within it, a thief does not. */
export function networkOf(key: string): string {
  return isIPv4(key) ? `${key.slice(0, key.lastIndexOf('.'))}.0/24` : key
}

const bytesOf = (group: number): number[] => [group >> 8, group & 255]

/** The eight groups of a valid IPv6 address (RFC 4291, section 2.2). */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::')
  const read = (part: string) => (part === '' ? [] : part.split(':').flatMap(groupOf))
  const [first, last] = [read(head), read(tail ?? '')]
  return [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last]
}

function groupOf(text: string): number[] {
  if (!text.includes('.')) return [Number.parseInt(text, 16)]
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number)
  return [(a << 8) | b, (c << 8) | d]
}
