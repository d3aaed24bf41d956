import { expect, test } from 'vitest'
import { Buckets } from './buckets.ts'
import { localLimits } from './limits.ts'
import { limitsContract } from './limits-contract.ts'

limitsContract('local limits', async () => {
  let at = 1_700_000_000_000
  return {
    limits: localLimits({ now: () => at }),
    pass: async ms => {
      at += ms
    },
  }
})

const rate = { burst: 3, perSecond: 1 }

test('[L1] a million strangers are remembered in bounded memory, and who still waits goes on waiting', () => {
  const buckets = new Buckets(1000)
  const slow = { burst: 3, perSecond: 1e-6 }
  for (let index = 0; index < 4; index++) buckets.take('busy', slow, 0)
  for (let index = 0; index < 1_000_000; index++) {
    buckets.take(`stranger ${index}`, rate, index / 1000)
    if (index % 500 === 0) expect(buckets.take('busy', slow, 0)).toBeGreaterThan(0)
  }
  expect(buckets.size).toBe(1000)
})

test('[L1] room is made by a bucket that is full again, not by one that still counts', () => {
  const buckets = new Buckets(3)
  const slow = { burst: 1, perSecond: 0.001 }
  buckets.take('still counts', slow, 0)
  buckets.take('full again', rate, 0)
  buckets.take('c', rate, 5000)
  buckets.take('d', rate, 5000)
  expect(buckets.take('still counts', slow, 5000)).toBeGreaterThan(0)
})

test('[L5] a full memory of what was shown refuses rather than forgets', async () => {
  let at = 0
  const limits = localLimits({ now: () => at, remembered: 2 })
  expect([await limits.once('a', 100), await limits.once('b', 100), await limits.once('c', 100)]).toEqual([
    true,
    true,
    false,
  ])
  at = 100
  expect(await limits.once('c', 100)).toBe(true)
})
