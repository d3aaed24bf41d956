import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createApp } from '@nightdesk/server/app.ts'
import { loadFaq } from '@nightdesk/server/bot/faq.ts'
import { searchEngine } from '@nightdesk/server/bot/search-engine.ts'
import type { Config, Site } from '@nightdesk/server/config.ts'
import { type Limits, localLimits } from '@nightdesk/server/door/limits.ts'
import { type LimitSettings, SHIPPED_LIMITS, UNLIMITED } from '@nightdesk/server/door/settings.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { createSignIn } from '@nightdesk/server/identity/sign-in.ts'
import { inProcessLive } from '@nightdesk/server/live/in-process.ts'
import type { Parts } from '@nightdesk/server/parts.ts'
import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { type Ada, agentClient, type Sam, visitorClient, type Way } from './people.ts'
import { freePort } from './server-process.ts'

const root = resolve(import.meta.dirname, '../..')

/** A whole Nightdesk on a free port with a database of its own; it is gone when the test is. */
export type Nightdesk = Awaited<ReturnType<typeof newNightdesk>>

export const SITE: Site = {
  id: 'st_demo',
  name: 'Northgate',
  origins: ['http://localhost:4100'],
  identitySecret: newToken(),
  faqDir: resolve(root, 'demo/faq'),
}

let faq: ReturnType<typeof loadFaq> | undefined

export async function newNightdesk(
  options: {
    open?: boolean
    databasePath?: string
    rates?: 'unlimited'
    limits?: LimitSettings
    now?: () => number
    trustProxy?: Config['trustProxy']
    /** Told of every key that is counted. */
    onCount?: (key: string) => void
  } = {},
) {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-'))
  const databasePath = options.databasePath ?? join(dir, 'nightdesk.db')
  faq ??= loadFaq(SITE.faqDir)
  const bot = searchEngine(faq)
  const failures: unknown[] = []
  const now = options.now ?? Date.now
  const parts: Parts = {
    store: openSqliteStore(databasePath),
    live: inProcessLive(),
    limits: watched(localLimits({ now }), options.onCount),
    bot: () => bot,
    onError: error => failures.push(error),
    now,
  }
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const config: Config = {
    port,
    host: '127.0.0.1',
    publicUrl: new URL(origin),
    databasePath,
    secretKey: newToken(),
    sites: [SITE],
    assetsDir: resolve(root, 'widget/dist'),
    logLevel: 'silent',
    drainMs: 0,
    trustProxy: options.trustProxy ?? 0,
  }
  const app = await createApp(
    config,
    parts,
    pino({ level: 'silent' }),
    options.rates === 'unlimited' ? UNLIMITED : (options.limits ?? SHIPPED_LIMITS),
  )
  await app.http.listen({ port, host: '127.0.0.1' })
  if (options.open !== false) await app.open()
  const signIn = createSignIn({
    store: parts.store,
    secretKey: config.secretKey,
    now: parts.now,
    onSignedOut: session => parts.live.publish({ kind: 'signed-out', session }),
  })

  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await app.drain(0)
  }
  onTestFinished(async () => {
    await stop()
    rmSync(dir, { recursive: true, force: true })
    if (failures.length > 0) throw failures[0]
  })

  async function agent(name: string): Promise<Sam> {
    const email = `${name.toLowerCase()}@northgate.example`
    const known = await parts.store.agentByEmail(email)
    const who = known ?? (await parts.store.addAgent({ name, email, at: Date.now() }))
    const session = await signIn.withLink(await signIn.invite(who))
    return agentClient(origin, session)
  }

  return {
    origin,
    parts,
    app,
    config,
    signIn,
    databasePath,
    stop,
    visitor: (auth?: { session?: string; identity?: string }, way?: Way): Promise<Ada> =>
      visitorClient(origin, SITE.id, auth, way),
    agent,
  }
}

function watched(limits: Limits, onCount: ((key: string) => void) | undefined): Limits {
  if (!onCount) return limits
  return {
    ...limits,
    take: (key, rate) => {
      onCount(key)
      return limits.take(key, rate)
    },
  }
}

/** Ada at the widget and Sam at the desk, both connected. */
export async function visitorWithAgent() {
  const nightdesk = await newNightdesk()
  const [ada, sam] = await Promise.all([nightdesk.visitor(), nightdesk.agent('Sam')])
  return { nightdesk, ada, sam }
}
