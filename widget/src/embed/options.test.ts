import { expect, test } from 'vitest'
import { DEFAULTS, readOptions } from './options.ts'

test('without attributes every option has its default', () => {
  expect(readOptions({})).toEqual(DEFAULTS)
  expect(readOptions({})).not.toBe(DEFAULTS)
})

test('attributes are read by the type of their default', () => {
  expect(
    readOptions({
      site: 'st_demo',
      tokenUrl: '/api/support-token',
      locale: 'zh-Hans',
      theme: 'dark',
      position: 'left',
      offsetX: '0',
      offsetY: '12.5',
      zIndex: '10',
      hideLauncher: 'true',
    }),
  ).toEqual({
    site: 'st_demo',
    tokenUrl: '/api/support-token',
    locale: 'zh-Hans',
    theme: 'dark',
    position: 'left',
    offsetX: 0,
    offsetY: 12.5,
    zIndex: 10,
    hideLauncher: true,
  })
})

test('a number that is none stays at its default', () => {
  for (const given of ['', 'auto', '24px', '-1', 'NaN', '1 000', undefined]) {
    expect(readOptions({ offsetX: given }).offsetX, String(given)).toBe(24)
  }
})

test('an empty text is one that is not given', () => {
  expect(readOptions({ locale: '', theme: undefined })).toEqual(DEFAULTS)
})

test('what is not an option is not taken', () => {
  const options = readOptions({ nonce: 'abc', constructor: 'x', color: 'red' })
  expect(Object.keys(options)).toEqual(Object.keys(DEFAULTS))
})

test('"false" means no', () => {
  expect(readOptions({ hideLauncher: 'false' }).hideLauncher).toBe(false)
})

test('an attribute that only stands there means yes, as everywhere in HTML', () => {
  // <script data-hide-launcher …> is read as an empty text.
  expect(readOptions({ hideLauncher: '' }).hideLauncher).toBe(true)
})

test('reading leaves the defaults as they are', () => {
  const before = { ...DEFAULTS }
  readOptions({ site: 'st_demo', offsetX: '1', hideLauncher: 'true' })
  expect(DEFAULTS).toEqual(before)
})
