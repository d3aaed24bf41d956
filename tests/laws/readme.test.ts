import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULTS } from '@nightdesk/widget/embed/options.ts'
import { expect, test } from 'vitest'
import { root } from '../support/sources.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

test("README's table of attributes is the option table", () => {
  const rows = [...readme.matchAll(/^\| `data-([a-z-]+)` \| (?:`([^`]*)`)? ?\|/gm)].map(([, name, value]) => [
    name,
    value ?? '',
  ])
  const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  expect(rows).toEqual(Object.entries(DEFAULTS).map(([name, value]) => [kebab(name), `${value}`]))
})

test('README names every method of the public interface, and every one exists in the panel', () => {
  const [, listed = ''] = /`window\.Nightdesk` has `([^`]+)`/.exec(readme) ?? []
  const [, methods = ''] = /const METHODS =\s*'([^']+)'/.exec(read('widget/src/embed/loader.ts')) ?? []
  expect(listed.split(/\s+/).sort()).toEqual(methods.split(' ').sort())
  const panel = read('widget/src/embed/panel.ts')
  for (const method of methods.split(' ')) expect(panel).toMatch(new RegExp(`^ {4}${method}: `, 'm'))
})

test('README names every variable of the environment', () => {
  const [, table = ''] =
    /const environment = v\.object\(\{([\s\S]*?)\n\}\)/.exec(read('server/src/config.ts')) ?? []
  const names = [...table.matchAll(/^ {2}([A-Z_]+):/gm)]
    .map(match => match[1] ?? '')
    .filter(name => name !== 'ASSETS_DIR')
  expect(names.length).toBeGreaterThan(6)
  for (const name of names) expect(readme).toMatch(new RegExp(`\\b${name}\\b`))
})

test('every command that README and CONTRIBUTING name is a script', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [...(readme + read('CONTRIBUTING.md')).matchAll(/pnpm ([a-z]+(?::[a-z]+)*)/g)].map(
    match => match[1] ?? '',
  )
  for (const name of named.filter(one => one !== 'exec' && one !== 'build'))
    expect(Object.keys(scripts)).toContain(name)
})
