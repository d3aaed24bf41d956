import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Site } from '@nightdesk/server/config.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { createSignIn } from '@nightdesk/server/identity/sign-in.ts'
import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import { onTestFinished } from 'vitest'
import { root } from './sources.ts'

/** A Nightdesk in a process of its own, as in production, which may be killed and started again. */

export async function newServerProcess(port: number, site: Site) {
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
    LOG_LEVEL: 'warn',
    DRAIN_MS: '0',
  }
  let child: ChildProcess

  async function start(): Promise<void> {
    child = spawn(process.execPath, [join(root, 'server/src/main.ts')], {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    while (!(await isReady(origin))) await new Promise(done => setTimeout(done, 20))
  }

  /** Ends the process and answers its exit code, `null` when it was killed. */
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const gone = once(child, 'exit')
    child.kill(signal)
    const [code] = await gone
    return code
  }

  /** A one-time sign-in link for an agent, as the operator's command makes it. */
  async function signInLink(name: string): Promise<string> {
    const store = openSqliteStore(databasePath)
    const signIn = createSignIn({ store, secretKey, now: Date.now })
    const email = `${name.toLowerCase()}@northgate.example`
    const agent = (await store.agentByEmail(email)) ?? (await store.addAgent({ name, email, at: Date.now() }))
    const token = await signIn.invite(agent)
    await store.close()
    return `${origin}/desk#link=${token}`
  }

  await start()
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  })
  return { origin, start, end, signInLink }
}

async function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/healthz`).then(
    answer => answer.ok,
    () => false,
  )
}
