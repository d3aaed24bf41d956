import { expect, test } from 'vitest'
import { Bucket, SHIPPED_RATES } from './rate.ts'

const rate = { burst: 3, perSecond: 2 }

test('[A5] as many as the burst may ask at once, the next is told how long to wait', () => {
  const bucket = new Bucket(rate, 0)
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0])
  expect(bucket.take(0)).toBe(500)
  expect(bucket.take(300)).toBe(200)
  expect(bucket.take(500)).toBe(0)
  expect(bucket.take(500)).toBe(500)
})

test('[A5] being refused costs nothing', () => {
  const bucket = new Bucket(rate, 0)
  for (let index = 0; index < 100; index++) bucket.take(0)
  expect(bucket.take(500)).toBe(0)
})

test('[A5] a long rest gives the burst back and not more', () => {
  const bucket = new Bucket(rate, 0)
  for (let index = 0; index < 3; index++) bucket.take(0)
  const day = 86_400_000
  expect([1, 2, 3, 4].map(() => bucket.take(day))).toEqual([0, 0, 0, 500])
})

test('[A5] who waits exactly as long as they were told may ask', () => {
  const shipped = Object.values(SHIPPED_RATES).flatMap(({ ask, hint }) => [ask, hint])
  for (const { burst, perSecond } of [...shipped, { burst: 5, perSecond: 1 / 60 }]) {
    const bucket = new Bucket({ burst, perSecond }, 0)
    let now = 0
    for (let asked = 0; asked < 500; asked++) {
      const wait = bucket.take(now)
      if (wait > 0) {
        now += wait
        expect(bucket.take(now), `${perSecond} a second, at ${now}`).toBe(0)
      }
      now += asked % 13
    }
  }
})

test('[A5] over a minute nobody gets more than the burst and what refills', () => {
  for (const { ask, hint } of Object.values(SHIPPED_RATES)) {
    for (const shipped of [ask, hint]) {
      const bucket = new Bucket(shipped, 0)
      let taken = 0
      for (let now = 0; now < 60_000; now += 10) if (bucket.take(now) === 0) taken++
      expect(taken).toBeLessThanOrEqual(shipped.burst + 60 * shipped.perSecond)
      expect(taken).toBeGreaterThanOrEqual(shipped.burst + 60 * shipped.perSecond - 1)
    }
  }
})

test('[A5] a clock that is set back an hour locks nobody out for an hour', () => {
  const hour = 3_600_000
  const bucket = new Bucket(rate, hour)
  expect(bucket.take(hour)).toBe(0)
  expect(bucket.take(0)).toBe(0)
})
