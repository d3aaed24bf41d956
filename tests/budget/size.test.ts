import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/sources.ts'
import { measure } from './measure.ts'

/** kB = 1000 bytes, brotli. The goals are 1.5, 14 and 26. */
test.each([
  ['loader', 2000],
  ['panel', 18_000],
  ['all', 30_000],
  ['kept', 2500],
] as const)('the %s stays within %d bytes of brotli', (part, budget) => {
  expect(measure()[part].brotli).toBeLessThanOrEqual(budget)
})

test('no schema library and no second transport reaches the browser', () => {
  const assets = join(root, 'widget/dist/assets')
  for (const name of readdirSync(assets).filter(file => file.endsWith('.js'))) {
    const code = readFileSync(join(assets, name), 'utf8')
    expect(code, name).not.toMatch(/strict_object|XMLHttpRequest|WebTransport/)
  }
})
