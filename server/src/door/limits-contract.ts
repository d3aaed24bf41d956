import { expect, test } from 'vitest'
import type { Limits } from './limits.ts'

/** A clock that a test moves; limits whose time is elsewhere wait for `pass` in their own way. */
export type Bench = { limits: Limits; pass: (ms: number) => Promise<void> }

/** What every implementation of Limits promises. `open` makes one that nobody else uses. */
export function limitsContract(name: string, open: () => Promise<Bench>): void {
  const rate = { burst: 3, perSecond: 2 }
  const takes = async (limits: Limits, key: string, times: number) => {
    const waits: number[] = []
    for (let index = 0; index < times; index++) waits.push(await limits.take(key, rate))
    return waits
  }

  test(`[L1] ${name}: a burst passes, the next is told a wait, after which it passes`, async () => {
    const { limits, pass } = await open()
    const [one, two, three, wait = 0] = await takes(limits, 'k', 4)
    expect([one, two, three]).toEqual([0, 0, 0])
    expect(wait).toBeGreaterThan(400)
    expect(wait).toBeLessThanOrEqual(500)
    await pass(wait)
    expect(await limits.take('k', rate)).toBe(0)
  })

  test(`[L1] ${name}: being refused costs nothing`, async () => {
    const { limits, pass } = await open()
    await takes(limits, 'k', 50)
    await pass(500)
    expect(await limits.take('k', rate)).toBe(0)
  })

  test(`[L1] ${name}: keys do not share`, async () => {
    const { limits } = await open()
    await takes(limits, 'k', 4)
    expect(await limits.take('other', rate)).toBe(0)
  })

  test(`[L1] ${name}: what was taken in vain is given back, and never above the burst`, async () => {
    const { limits } = await open()
    await takes(limits, 'k', 3)
    await limits.give('k', rate)
    expect(await limits.take('k', rate)).toBe(0)
    for (let index = 0; index < 20; index++) await limits.give('k', rate)
    await limits.give('never seen', rate)
    const again = await takes(limits, 'k', 4)
    expect(again.map(wait => wait === 0)).toEqual([true, true, true, false])
    const fresh = await takes(limits, 'never seen', 4)
    expect(fresh.map(wait => wait === 0)).toEqual([true, true, true, false])
  })

  test(`[L1] ${name}: askers at the same moment share one burst`, async () => {
    const { limits } = await open()
    const waits = await Promise.all(Array.from({ length: 20 }, () => limits.take('k', rate)))
    expect(waits.filter(wait => wait === 0).length).toBe(3)
  })

  test(`[L5] ${name}: a key is shown for the first time once, also at the same moment, until its time is over`, async () => {
    const { limits, pass } = await open()
    const first = await Promise.all(Array.from({ length: 20 }, () => limits.once('p', 1000)))
    expect(first.filter(Boolean).length).toBe(1)
    expect(await limits.once('q', 1000)).toBe(true)
    await pass(600)
    expect(await limits.once('p', 1000)).toBe(false)
    await pass(600)
    expect(await limits.once('p', 1000)).toBe(true)
  })
}
