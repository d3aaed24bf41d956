/** Ids: a prefix that tells what it is, then 128 random bits as base64url (22 characters). */

type Branded<Name extends string> = string & { readonly __id: Name }
export type ConversationId = Branded<'conversation'>
export type MessageId = Branded<'message'>
export type VisitorId = Branded<'visitor'>
export type AgentId = Branded<'agent'>
/** Made once when the person presses send; the same key is the same message for ever (G2). */
export type MessageKey = Branded<'key'>

type IdByPrefix = { cv: ConversationId; ms: MessageId; vi: VisitorId; ag: AgentId; mk: MessageKey }
export type IdPrefix = keyof IdByPrefix

// Present in browsers and in Node, but in neither ES lib that this package compiles against.
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }
declare const btoa: (binary: string) => string

/** Random bytes that are drawn together and used once each: a draw costs much more than the bytes in it. */
const drawn = new Uint8Array(1024)
let used = drawn.length

/** `bytes` random bytes, at most 1024, as base64url without padding. */
export function randomText(bytes: number): string {
  if (used + bytes > drawn.length) {
    crypto.getRandomValues(drawn)
    used = 0
  }
  const base64 = btoa(String.fromCharCode(...drawn.subarray(used, used + bytes)))
  used += bytes
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function newId<Prefix extends IdPrefix>(prefix: Prefix): IdByPrefix[Prefix] {
  return `${prefix}_${randomText(16)}` as IdByPrefix[Prefix]
}

export const idPattern = (prefix: IdPrefix): RegExp => new RegExp(`^${prefix}_[A-Za-z0-9_-]{22}$`)
