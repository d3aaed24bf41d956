import { expect, test } from 'vitest'
import { GUEST, ownerOf } from './owner.ts'

const claims = (value: object) => `e30.${Buffer.from(JSON.stringify(value)).toString('base64url')}.c2ln`

test('a customer is one owner with every new proof, and no other customer', () => {
  const first = ownerOf(claims({ sub: 'cus_ada', jti: '1?>', iat: 1 }))
  expect(ownerOf(claims({ sub: 'cus_ada', jti: '2?>', iat: 2 }))).toBe(first)
  expect(ownerOf(claims({ sub: 'cus_tomas' }))).not.toBe(first)
})

test('who shows no proof is a guest, and no customer can be called so', () => {
  expect(ownerOf(null)).toBe(GUEST)
  expect(ownerOf(claims({ sub: '' }))).not.toBe(GUEST)
})

test('an agent is known by the code', () => {
  expect(ownerOf('A17')).toBe('A17')
})

test('a proof that nobody can read is nobody else', () => {
  expect(ownerOf('a.%%%.c')).toBe('a.%%%.c')
})
