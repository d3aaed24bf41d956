import { ERRORS } from '@nightdesk/shared/errors.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Line } from '../chat/connection.ts'
import type { Unsent } from '../chat/outbox.ts'
import { type BannerState, bannerOf } from './banner.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const connected: Line = { state: 'connected' }
const lost: Line = { state: 'lost' }

function unsent(name: 'sending' | 'late' | 'accepted' | 'refused'): Unsent {
  const { sentence: message, retry } = ERRORS.TEXT_TOO_LONG
  const refusal = { code: 'TEXT_TOO_LONG', message, retry } as const
  const state = name === 'refused' ? { name, refusal } : { name }
  return { key: newId('mk'), conversationId: newId('cv'), text: 'words', writtenAt: 0, state }
}

/** A line that was connected and a list of what the banner said, with the second in which it said it. */
function newBanner() {
  const start = Date.now()
  const said: [banner: BannerState, second: number][] = []
  const watch = bannerOf(banner => said.push([banner, (Date.now() - start) / 1000]))
  watch(connected, [])
  return { watch, said, seconds: (count: number) => vi.advanceTimersByTime(count * 1000) }
}

test('a line that is down for two seconds is said to be down, once', () => {
  const { watch, said, seconds } = newBanner()
  watch(lost, [])
  seconds(1)
  watch({ state: 'connecting' }, [])
  seconds(0.9)
  expect(said).toEqual([])
  seconds(10)
  watch(lost, [])
  seconds(10)
  expect(said).toEqual([['down', 2]])
})

test('a line that comes back within two seconds is not spoken of', () => {
  const { watch, said, seconds } = newBanner()
  watch(lost, [])
  seconds(1.9)
  watch(connected, [])
  seconds(60)
  expect(said).toEqual([])
})

test('a line that was refused is down too', () => {
  const { watch, said, seconds } = newBanner()
  watch({ state: 'refused', code: 'IDENTITY_INVALID' }, [])
  seconds(2)
  expect(said).toEqual([['down', 2]])
})

test('a line that is back is praised for three seconds', () => {
  const { watch, said, seconds } = newBanner()
  watch(lost, [])
  seconds(5)
  watch(connected, [])
  seconds(60)
  expect(said).toEqual([
    ['down', 2],
    ['back', 5],
    ['none', 8],
  ])
})

test('"everything was sent" is said when it is so', () => {
  const { watch, said, seconds } = newBanner()
  watch(lost, [unsent('sending')])
  seconds(5)
  watch(connected, [unsent('late'), unsent('sending')])
  seconds(1)
  watch(connected, [unsent('accepted')])
  seconds(1)
  expect(said).toEqual([['down', 2]])
  watch(connected, [])
  expect(said.at(-1)).toEqual(['back', 7])
})

test('words that were refused for good do not hold up the good news', () => {
  const { watch, said, seconds } = newBanner()
  watch(lost, [])
  seconds(5)
  watch(connected, [unsent('refused')])
  expect(said.at(-1)).toEqual(['back', 5])
})

test('a connected line with words on their way is not spoken of', () => {
  const { watch, said, seconds } = newBanner()
  watch(connected, [unsent('sending')])
  seconds(60)
  expect(said).toEqual([])
})

test('a line that was down for one second is not called down later, while its words are still being sent', () => {
  const { watch, said, seconds } = newBanner()
  watch(lost, [unsent('sending')])
  seconds(1)
  watch(connected, [unsent('sending')])
  seconds(2)
  expect(said).toEqual([])
})

test('a line that is lost while it is praised is said to be down again', () => {
  const { watch, said, seconds } = newBanner()
  watch(lost, [])
  seconds(3)
  watch(connected, [])
  seconds(0.5)
  watch(lost, [])
  seconds(60)
  expect(said).toEqual([
    ['down', 2],
    ['back', 3],
    ['down', 5.5],
  ])
})

test('each time the line is back it is praised for its own three seconds', () => {
  const { watch, said, seconds } = newBanner()
  watch(lost, [])
  seconds(3)
  watch(connected, [])
  watch(lost, [])
  seconds(2.5)
  watch(connected, [])
  seconds(60)
  expect(said).toEqual([
    ['down', 2],
    ['back', 3],
    ['down', 5],
    ['back', 5.5],
    ['none', 8.5],
  ])
})
