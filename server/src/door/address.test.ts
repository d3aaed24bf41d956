import { expect, test } from 'vitest'
import { addressKey, addressReader, networkOf } from './address.ts'

const asked = (peer: string, forwarded?: string) => ({
  socket: { remoteAddress: peer },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
})
type Asked = Parameters<ReturnType<typeof addressReader>['of']>[0]
const read = (trusted: number | string[], peer: string, forwarded?: string) =>
  addressReader(trusted).of(asked(peer, forwarded) as unknown as Asked)

test('[L6] an address is counted by IPv4 address or by /64', () => {
  const keys = {
    '203.0.113.7': '203.0.113.7',
    '::ffff:203.0.113.7': '203.0.113.7',
    '::ffff:cb00:7107': '203.0.113.7',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
    '2001:db8:1:2::': '2001:db8:1:2::/64',
    '2001:db8::1': '2001:db8:0:0::/64',
    '::1': '0:0:0:0::/64',
    'fe80::1%eth0': 'fe80:0:0:0::/64',
    '64:ff9b::203.0.113.7': '64:ff9b:0:0::/64',
    '': 'nobody',
    unknown: 'nobody',
  }
  for (const [address, key] of Object.entries(keys)) expect(addressKey(address), address).toBe(key)
})

test('[L5] a network is the /24 or the /64', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.0/24')
  expect(networkOf('2001:db8:1:2::/64')).toBe('2001:db8:1:2::/64')
})

test('[L6] without a proxy nothing that is written into the header is believed', () => {
  for (const forged of ['1.2.3.4', '1.2.3.4, 5.6.7.8', '127.0.0.1', '::1', '', ' ', ',', 'x'.repeat(5000)]) {
    expect(read(0, '203.0.113.7', forged), forged).toBe('203.0.113.7')
  }
})

test('[L6] of a proxy only its own word is believed, whatever stands before it', () => {
  for (const forged of ['1.2.3.4', '10.0.0.1', '203.0.113.7', '"', 'unknown', '::ffff:10.0.0.1', 'a, b, c']) {
    expect(read(1, '10.0.0.1', `${forged}, 198.51.100.9`), forged).toBe('198.51.100.9')
    expect(read(['10.0.0.0/8'], '10.0.0.1', `${forged}, 198.51.100.9`), forged).toBe('198.51.100.9')
    expect(read(['10.0.0.0/8'], '203.0.113.7', `${forged}, 198.51.100.9`), forged).toBe('203.0.113.7')
  }
  expect(read(2, '10.0.0.1', '1.2.3.4, 198.51.100.9, 10.0.0.2')).toBe('198.51.100.9')
})

test('[L6] a proxy that does not say for whom it asks is counted itself', () => {
  expect(read(1, '10.0.0.1')).toBe('10.0.0.1')
  expect(read(1, '10.0.0.1', 'unknown')).toBe('10.0.0.1')
})
