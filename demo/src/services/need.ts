import { spawnSync } from 'node:child_process'

/**
 * Makes sure that a program is there. On Debian as root it is installed; anywhere else the run stops and says
 * what to type. Nothing is skipped.
 */
export function need(program: string, packages: string[]): void {
  if (isThere(program)) return
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]
  if (process.getuid?.() === 0 && isThere('apt-get')) {
    console.log(`Installing ${packages.join(', ')} for the tests …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    for (const [command, ...args] of [['apt-get', 'update', '-qq'], install]) {
      spawnSync(command ?? '', args, { stdio: ['ignore', 'ignore', 'inherit'], env })
    }
  }
  if (isThere(program)) return
  throw new Error(`The tests need ${program}. Type: sudo apt-get update && sudo ${install.join(' ')}`)
}

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0
}
