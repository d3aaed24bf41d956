import { expect, test } from 'vitest'
import { Bucket, type Rate } from './rate.ts'
import { SHIPPED_LIMITS } from './settings.ts'

const rate = { burst: 3, perSecond: 2 }

/** Every rate of the settings, however deep. */
const ratesIn = (settings: object): Rate[] =>
  Object.values(settings).flatMap(value => {
    if (typeof value !== 'object') return []
    return 'perSecond' in value ? [value as Rate] : ratesIn(value)
  })
const SHIPPED = ratesIn(SHIPPED_LIMITS)

test('[L1] as many as the burst may ask at once, the next is told how long to wait', () => {
  const bucket = new Bucket(rate, 0)
  expect([bucket.take(rate, 0), bucket.take(rate, 0), bucket.take(rate, 0)]).toEqual([0, 0, 0])
  expect(bucket.take(rate, 0)).toBe(500)
  expect(bucket.take(rate, 300)).toBe(200)
  expect(bucket.take(rate, 500)).toBe(0)
  expect(bucket.take(rate, 500)).toBe(500)
})

test('[L1] being refused costs nothing', () => {
  const bucket = new Bucket(rate, 0)
  for (let index = 0; index < 100; index++) bucket.take(rate, 0)
  expect(bucket.take(rate, 500)).toBe(0)
})

test('[L1] a long rest gives the burst back and not more', () => {
  const bucket = new Bucket(rate, 0)
  for (let index = 0; index < 3; index++) bucket.take(rate, 0)
  const day = 86_400_000
  expect([1, 2, 3, 4].map(() => bucket.take(rate, day))).toEqual([0, 0, 0, 500])
})

test('[L1] who waits exactly as long as they were told may ask', () => {
  expect(SHIPPED.length).toBeGreaterThan(15)
  for (const rate of SHIPPED) {
    const bucket = new Bucket(rate, 0)
    let now = 0
    for (let asked = 0; asked < 500; asked++) {
      const wait = bucket.take(rate, now)
      if (wait > 0) {
        now += wait
        expect(bucket.take(rate, now), `${rate.perSecond} a second, at ${now}`).toBe(0)
      }
      now += asked % 13
    }
  }
})

test('[L1] over a minute nobody gets more than the burst and what refills', () => {
  for (const rate of SHIPPED) {
    const bucket = new Bucket(rate, 0)
    let taken = 0
    for (let now = 0; now < 60_000; now += 2) while (bucket.take(rate, now) === 0) taken++
    const most = rate.burst + 60 * rate.perSecond
    expect(taken).toBeLessThanOrEqual(most)
    expect(taken).toBeGreaterThanOrEqual(most - 2)
  }
})

test('[L1] a clock that is set back an hour locks nobody out for an hour', () => {
  const hour = 3_600_000
  const bucket = new Bucket(rate, hour)
  expect(bucket.take(rate, hour)).toBe(0)
  expect(bucket.take(rate, 0)).toBe(0)
})
