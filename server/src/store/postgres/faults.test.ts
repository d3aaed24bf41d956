import { expect, test } from 'vitest'
import { isAway } from './faults.ts'

const failing = (code: string, message = '') => Object.assign(new Error(message), { code })

test('[G5] a database that cannot be reached, is going down or is full is away, and nothing else is', () => {
  const away = [
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
    '57P01',
    '57P03',
    '53100',
    '08006',
  ]
  expect(away.filter(code => !isAway(failing(code)))).toEqual([])
  const faults = ['22021', '23503', '42601', '28P01', 'ERR_TLS_CERT_ALTNAME_INVALID', 'KEY_REUSED', '']
  expect(faults.filter(code => isAway(failing(code)))).toEqual([])
  expect(isAway(failing('', 'Connection terminated unexpectedly'))).toBe(true)
})
