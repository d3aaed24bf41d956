import { expect, test } from 'vitest'
import { importsOf, type Source, sourcesIn } from '../support/sources.ts'

/** Solutions of the first version could be spliced and replayed (CVE-2025-68113); only the second is spoken here. */
const FORBIDDEN = /^altcha-lib\/v1(\/|$)/

const isShipped = ({ path }: Source) => !path.endsWith('.test.ts')
const forbidden = (source: Source) => importsOf(source).filter(target => FORBIDDEN.test(target))

test('[L5] nobody imports the first version of the proof of work', () => {
  const sources = ['shared', 'server', 'widget', 'demo'].flatMap(sourcesIn).filter(isShipped)
  const users = sources.filter(source => importsOf(source).some(target => target.startsWith('altcha-lib')))
  expect(users.map(({ path }) => path).sort()).toEqual([
    'server/src/door/proof.ts',
    'widget/src/chat/proof.ts',
  ])
  expect(users.flatMap(forbidden)).toEqual([])
})

test('the law bites', () => {
  const stray = { path: 'server/src/stray.ts', text: "import { createChallenge } from 'altcha-lib/v1'" }
  expect(forbidden(stray)).toEqual(['altcha-lib/v1'])
})
