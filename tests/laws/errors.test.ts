import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ERRORS } from '@nightdesk/shared/errors.ts'
import { expect, test } from 'vitest'
import { root, sourcesIn } from '../support/sources.ts'

const protocol = readFileSync(join(root, 'shared/PROTOCOL.md'), 'utf8')
const documented = [...protocol.matchAll(/^\| ([A-Z_]+) \| (\d{3}) \| (\w+) \|/gm)].map(
  ([, code, status, retry]) => ({
    code,
    status: Number(status),
    retry,
  }),
)

test('every error code is documented with its status and whether to try again, and nothing else is', () => {
  const table = Object.entries(ERRORS).map(([code, { status, retry }]) => ({ code, status, retry }))
  expect(documented).toEqual(table)
})

test('every error code is used, and the tests of refusals know only codes of the table', () => {
  const elsewhere = ['server', 'shared', 'widget']
    .flatMap(sourcesIn)
    .filter(({ path }) => path !== 'shared/src/errors.ts')
  const unused = Object.keys(ERRORS).filter(code => !elsewhere.some(({ text }) => text.includes(`'${code}'`)))
  expect(unused).toEqual([])
})

test('every rule of PROTOCOL.md is cited by a test', () => {
  const rules = [...protocol.matchAll(/^- \*\*\[([A-Z]\d)\]\*\*/gm)].map(match => match[1])
  const titles = ['tests', 'server', 'shared', 'widget']
    .flatMap(sourcesIn)
    .filter(({ path }) => path.endsWith('.test.ts') || path.endsWith('-contract.ts'))
    .map(({ text }) => text)
    .join('\n')
  expect(rules.length).toBeGreaterThan(20)
  expect(rules.filter(rule => !titles.includes(`[${rule}]`))).toEqual([])
})
