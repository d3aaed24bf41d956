import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Site } from '@nightdesk/server/config.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { root } from './sources.ts'

/**
 * A server in a process of its own with a database of its own, which may be hurt: killed, stopped, started again.
 * Nothing runs before `start`, and `remove` leaves nothing behind.
 */
export function serverProcess(port: number, site: Site, entry: string, settings: Record<string, string>) {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-'))
  const sites = join(dir, 'sites.json')
  const databasePath = join(dir, 'nightdesk.db')
  const secretKey = newToken()
  const origin = `http://localhost:${port}`
  writeFileSync(sites, JSON.stringify([site]))
  const env = {
    ...process.env,
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: `sqlite:${databasePath}`,
    SECRET_KEY: secretKey,
    SITES_FILE: sites,
    ...settings,
  }
  let child: ChildProcess | undefined

  async function isReady(): Promise<boolean> {
    return fetch(`${origin}/healthz`).then(
      answer => answer.ok,
      () => false,
    )
  }

  return {
    origin,
    databasePath,
    secretKey,
    /** @param more settings of this start alone */
    start: async (more: Record<string, string> = {}): Promise<void> => {
      const started = spawn(process.execPath, [join(root, entry)], {
        env: { ...env, ...more },
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      child = started
      while (!(await isReady())) {
        if (hasEnded(started)) throw new Error('the server ended before it was ready')
        await new Promise(done => setTimeout(done, 15))
      }
    },
    isRunning: () => child !== undefined && !hasEnded(child),
    pid: (): number => {
      if (child?.pid === undefined) throw new Error('the server was not started')
      return child.pid
    },
    signal: (signal: NodeJS.Signals) => child?.kill(signal),
    /** Ends the process and answers its exit code, `null` when it was killed. */
    end: async (signal: NodeJS.Signals): Promise<number | null> => {
      if (!child || hasEnded(child)) return child?.exitCode ?? null
      const gone = once(child, 'exit')
      child.kill(signal)
      const [code] = await gone
      return code
    },
    remove: (): void => {
      child?.kill('SIGKILL')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null
