import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '@nightdesk/demo/services/ports.ts'
import { createApp } from '@nightdesk/server/app.ts'
import type { BotEngine } from '@nightdesk/server/bot/engine.ts'
import { loadFaq } from '@nightdesk/server/bot/faq.ts'
import { ALLOWED_WRONG, faqBot } from '@nightdesk/server/bot/faq-bot.ts'
import { type Knowledge, knowledgeOf } from '@nightdesk/server/bot/knowledge.ts'
import { type Model, openModel } from '@nightdesk/server/bot/match/model.ts'
import type { Config, Site } from '@nightdesk/server/config.ts'
import type { Limits } from '@nightdesk/server/door/limits.ts'
import { type LimitSettings, SHIPPED_LIMITS, UNLIMITED } from '@nightdesk/server/door/settings.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { createSignIn } from '@nightdesk/server/identity/sign-in.ts'
import { openPlane } from '@nightdesk/server/live/open-plane.ts'
import type { Parts } from '@nightdesk/server/parts.ts'
import { openStore } from '@nightdesk/server/store/open-store.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import { SignJWT } from 'jose'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { type Ada, agentClient, type Sam, visitorClient, type Way } from './people.ts'

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

/** What the exchange signs: who is at its page, or, for another audience, whom it logs out. */
export function signedFor(
  sub: string,
  audience: string,
  claims: object = {},
  lasts = '10m',
): Promise<string> {
  return new SignJWT({ sub, jti: crypto.randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(lasts)
    .sign(new TextEncoder().encode(SITE.identitySecret))
}

let learned: { model: Model; knowledge: Knowledge } | undefined

/** The shipped bot with the demo's FAQ, which is prepared once for all tests of a file. */
function newBot(): BotEngine {
  if (!learned) {
    const model = openModel()
    learned = { model, knowledge: knowledgeOf(loadFaq(SITE.faqDir), model) }
  }
  const { model, knowledge } = learned
  return faqBot(() => knowledge, model.judge.answerAt, ALLOWED_WRONG)
}

export async function newNightdesk(
  options: {
    open?: boolean
    databaseUrl?: string
    redisUrl?: string
    secretKey?: string
    rates?: 'unlimited'
    limits?: LimitSettings
    now?: () => number
    trustProxy?: Config['trustProxy']
    /** Told of every key that is counted. */
    onCount?: (key: string) => void
  } = {},
) {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-'))
  const databasePath = join(dir, 'nightdesk.db')
  const databaseUrl = options.databaseUrl ?? `sqlite:${databasePath}`
  const bot = newBot()
  const failures: unknown[] = []
  const now = options.now ?? Date.now
  // A database or a Redis that is hurt on purpose is none of our failures.
  const ignore = () => undefined
  const { live, limits } = openPlane(options.redisUrl, ignore, now)
  const parts: Parts = {
    store: await openStore(databaseUrl, ignore),
    live,
    limits: watched(limits, options.onCount),
    bot: () => bot,
    onError: error => {
      const isHurt = error instanceof ChatError && error.code === 'STORE_UNAVAILABLE'
      if (!isHurt) failures.push(error)
    },
    now,
  }
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const config: Config = {
    port,
    host: '127.0.0.1',
    publicUrl: new URL(origin),
    databaseUrl,
    ...(options.redisUrl === undefined ? {} : { redisUrl: options.redisUrl }),
    secretKey: options.secretKey ?? newToken(),
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
