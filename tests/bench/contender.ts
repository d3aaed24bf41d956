import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { freePort, serverProcess } from '../support/server-process.ts'
import { root } from '../support/sources.ts'
import { join } from 'node:path'
import { bareCast, type Cast, type Plan, SITE_ID, storedCast } from './cast.ts'
import { cpuOf, processesNamed, residentOf } from './meter.ts'
import { openStore } from './open-store.ts'

/** A server under measurement, with those who take part in it. */
export type Contender = {
  name: string
  port: number
  origin: string
  cast: Cast
  /** The secret that signs customers' identities; a bare server asks for none. */
  identitySecret: string
  /** CPU of the server so far, in microseconds, and of its PostgreSQL where it has one of its own. */
  cpu(): number
  /** Resident memory in kB. */
  resident(): number
  remove(): void
}

type Settings = Record<string, string>

const NIGHTDESK = 'tests/faults/server.ts'
const BARE = 'tests/bench/servers/bare.ts'

/** Nightdesk as it is, without limits on asks, with everybody's conversations open with an agent. */
export async function nightdesk(name: string, plan: Plan, settings: Settings = {}): Promise<Contender> {
  const server = await newServer(NIGHTDESK, { LOG_LEVEL: 'silent', DRAIN_MS: '0', ...settings })
  const { url, secretKey } = server
  const store = await openStore(url)
  const cast = await storedCast(plan, store, secretKey)
  await store.close()
  return server.started(name, cast)
}

/** socket.io alone; see `servers/bare.ts` for its settings. */
export async function bare(name: string, plan: Plan, settings: Settings = {}): Promise<Contender> {
  const server = await newServer(BARE, settings)
  return server.started(name, await bareCast(plan))
}

async function newServer(entry: string, settings: Settings) {
  const port = await freePort()
  const identitySecret = newToken()
  const site = { id: SITE_ID, name: 'Bench', origins: ['http://localhost:1'], faqDir: join(root, 'demo/faq') }
  const server = serverProcess(port, { ...site, identitySecret }, entry, settings)
  const { origin, secretKey, databasePath } = server
  return {
    secretKey,
    url: settings.DATABASE_URL ?? `sqlite:${databasePath}`,
    started: async (name: string, cast: Cast): Promise<Contender> => {
      await server.start()
      const pid = server.pid()
      const cpu = () => cpuOf(pid)
      return { name, port, origin, cast, identitySecret, cpu, resident: () => residentOf(pid), remove: server.remove }
    },
  }
}
