import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'

/** What a figure depends on beside the code; a table without it says nothing. */
export function machineFacts(): Record<string, string> {
  const [cpu] = cpus()
  return {
    date: new Date().toISOString(),
    cpu: cpu?.model ?? 'unknown',
    cores: String(cpus().length),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: release(),
    system: /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown',
    node: process.version,
    sqlite: process.versions.sqlite ?? 'unknown',
    postgres: versionOf('/usr/lib/postgresql/15/bin/postgres'),
    redis: versionOf('redis-server'),
  }
}

function versionOf(program: string): string {
  try {
    const said = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe' })
    return /\d+\.\d+(\.\d+)?/.exec(said)?.[0] ?? 'unknown'
  } catch {
    return 'not installed'
  }
}
