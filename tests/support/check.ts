import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './sources.ts'

/** `pnpm check`: format and lint, types per package, and what nobody uses. */
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const STEPS: [what: string, command: string, args: string[]][] = [
  ['format and lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ...['shared', 'server', 'widget', 'demo', 'tests'].map((folder): [string, string, string[]] => [
    `types of ${folder}`,
    bin('tsc'),
    ['-p', folder],
  ]),
  ['unused code and dependencies', bin('knip'), ['--no-progress']],
]

for (const [what, command, args] of STEPS) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error(`\ncheck failed: ${what}`)
    process.exit(1)
  }
}
console.log('check: format, types and usage are in order')
