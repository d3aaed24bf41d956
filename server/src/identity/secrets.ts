import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const scryptAsync = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** OWASP's first choice for scrypt: N = 2^17, r = 8, p = 1, about 128 MiB and a third of a second. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 }

/** 256 random bits for a session or a link; only its hash is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token. The key keeps a stolen database from being tried offline. */
export function hashToken(secretKey: string, token: string): string {
  return createHmac('sha256', secretKey).update(token).digest('base64url')
}

export const PASSWORD_MIN = 12

/** `scrypt$N$salt$hash`, so that the cost can grow and old hashes still verify. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await scryptAsync(password.normalize('NFKC'), salt, 32, COST)
  return ['scrypt', COST.N, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Takes as long for an unknown agent as for a wrong password, so that neither tells who works here. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, n, salt, hash] = (stored ?? NOBODY).split('$')
  const expected = Buffer.from(hash ?? '', 'base64url')
  const cost = { ...COST, N: Number(n) }
  const got = await scryptAsync(password.normalize('NFKC'), Buffer.from(salt ?? '', 'base64url'), 32, cost)
  return stored !== null && timingSafeEqual(got, expected)
}

const NOBODY = [
  'scrypt',
  COST.N,
  'AAAAAAAAAAAAAAAAAAAAAA',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
].join('$')
