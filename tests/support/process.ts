import type { Site } from '@nightdesk/server/config.ts'
import { createSignIn } from '@nightdesk/server/identity/sign-in.ts'
import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import { onTestFinished } from 'vitest'
import { serverProcess } from './server-process.ts'

/** A Nightdesk in a process of its own, as in production, for the length of a test. */
export async function newServerProcess(port: number, site: Site, entry = 'server/src/main.ts') {
  const settings = { LOG_LEVEL: 'warn', DRAIN_MS: '0' }
  const { origin, databasePath, secretKey, start, end, remove } = serverProcess(port, site, entry, settings)
  onTestFinished(remove)
  await start()

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

  return { origin, start, end, signInLink }
}
