import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entryFile, fileOf, folderOf } from './test-files.ts'

/** It reads the model anew, on a machine that may be busy. */
const PATIENCE = { timeout: 60_000 }

function links(...args: string[]) {
  const script = join(import.meta.dirname, 'faq-links.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr: stderr.trimEnd() }
}

test('each entry is shown with what it is taken for, and whether the file says so', PATIENCE, () => {
  const dir = folderOf({
    'a.md': entryFile('costs', ['What are the trading fees?'], 'intents: [trading_fees]\n'),
    'b.md': entryFile('forgotten', ['How do I reset my password?']),
    'c.md': entryFile('zoo', ['When is the zoo open?'], 'intents: []\n'),
  })
  const { status, stdout } = links(dir)
  expect(status).toBe(0)
  expect(stdout.split('\n')).toEqual([
    'costs      trading_fees  as the file says',
    expect.stringMatching(/^forgotten {2}reset_password {2}\d+ %$/),
    'zoo        none: known by its own words alone  as the file says',
    '',
    'To correct one, add "intents: [NAME]" (or "intents: []") to the front matter of its file.',
    '',
  ])
})

test('an FAQ that cannot be used is refused in plain words, with file and line', PATIENCE, () => {
  const broken = folderOf({ 'a.md': entryFile('costs', ['What are the trading fees?'], 'intents: [fees]\n') })
  expect(links(broken)).toEqual({
    status: 1,
    stdout: '',
    stderr: `The FAQ in ${broken} cannot be used:\n  - a.md:10: intents.0 is not an intent of the pack`,
  })
  const nowhere = join(broken, 'nowhere')
  expect(links(nowhere).stderr).toBe(
    `The FAQ in ${nowhere} cannot be used:\n  - there is no such file or folder`,
  )
  const file = fileOf('faq.jsonl', '')
  expect(links(file).stderr).toBe(
    `The FAQ in ${file} cannot be used:\n  - it is a file where a folder is needed`,
  )
})

test('without one folder it says how it is used', PATIENCE, () => {
  for (const args of [[], ['--help'], ['one', 'two']])
    expect(links(...args)).toEqual({ status: 1, stdout: '', stderr: 'Usage: pnpm faq:links DIR' })
})
