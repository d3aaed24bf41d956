import { scryptSync } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { hashPassword, hashToken, newToken, verifyPassword } from './secrets.ts'

// scrypt is meant to take its time.
vi.setConfig({ testTimeout: 60_000 })

test('a token is 256 random bits that fit in a cookie and in a link', () => {
  const tokens = Array.from({ length: 1000 }, newToken)
  expect(new Set(tokens).size).toBe(1000)
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('what is stored of a token depends on the token and on the key of this server, and shows neither', () => {
  const token = newToken()
  const hash = hashToken('key', token)
  expect(hashToken('key', token)).toBe(hash)
  expect(hashToken('another key', token)).not.toBe(hash)
  expect(hashToken('key', newToken())).not.toBe(hash)
  expect(hash).not.toContain(token)
  expect(hash).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('a password is right or wrong, whatever is stored says nothing of it', async () => {
  const stored = await hashPassword('correct horse battery')
  expect(stored).toMatch(/^scrypt\$131072\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/)
  expect(await verifyPassword('correct horse battery', stored)).toBe(true)
  expect(await verifyPassword('correct horse battery ', stored)).toBe(false)
  expect(await verifyPassword('Correct horse battery', stored)).toBe(false)
  expect(await verifyPassword('', stored)).toBe(false)
})

test('the same password is stored differently each time', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
  expect(one).not.toBe(two)
})

test('a password is the same on every keyboard that writes it', async () => {
  const stored = await hashPassword('caf\u00e9 \uff11\uff12')
  expect(await verifyPassword('cafe\u0301 12', stored)).toBe(true)
})

test('a password that was stored at a lower cost is still right', async () => {
  const salt = Buffer.from('0123456789abcdef')
  const hash = scryptSync('correct horse', salt, 32, { N: 2 ** 14, r: 8, p: 1 })
  const stored = `scrypt$${2 ** 14}$${salt.toString('base64url')}$${hash.toString('base64url')}`
  expect(await verifyPassword('correct horse', stored)).toBe(true)
  expect(await verifyPassword('wrong horse', stored)).toBe(false)
})

test('nobody has no password: none is right, not the empty one either', async () => {
  expect(await verifyPassword('', null)).toBe(false)
  expect(await verifyPassword('correct horse battery', null)).toBe(false)
})
