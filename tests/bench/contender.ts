import { join } from 'node:path'
import { freePort } from '@nightdesk/demo/services/ports.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { openStore } from '@nightdesk/server/store/open-store.ts'
import { serverProcess } from '../support/server-process.ts'
import { root } from '../support/sources.ts'
import { bareCast, type Cast, type Plan, SITE_ID, storedCast } from './cast.ts'
import { cpuOf, residentOf } from './meter.ts'

/** A server under measurement, with those who take part in it. */
export type Contender = {
  name: string
  port: number
  origin: string
  cast: Cast
  /** The secret that signs customers' identities; a bare server asks for none. */
  identitySecret: string
  /** CPU of the server's process so far, in microseconds. */
  cpu(): number
  /** Resident memory in kB. */
  resident(): number
  remove(): void
  /** The same server once more, on a port of its own. */
  again(): Promise<Contender>
}

type Settings = Record<string, string>
type Entry = { entry: string; settings: Settings; identitySecret: string }

/** Nightdesk as it is but for limits on asks, with everybody's conversations open with an agent. */
export async function nightdesk(
  name: string,
  plan: Plan,
  settings: Settings = {},
  fill?: (databasePath: string) => void,
): Promise<Contender> {
  const quiet = { LOG_LEVEL: 'error', DRAIN_MS: '0', SECRET_KEY: newToken(), ...settings }
  const entry = { entry: 'tests/bench/servers/nightdesk.ts', settings: quiet, identitySecret: newToken() }
  const node = await newNode(entry)
  const store = await openStore(settings.DATABASE_URL ?? `sqlite:${node.databasePath}`, fail)
  const cast = await storedCast(plan, store, quiet.SECRET_KEY)
  await store.close()
  fill?.(node.databasePath)
  return started(node, name, cast, entry)
}

/** socket.io alone; see `servers/bare.ts` for its settings. */
export async function bare(name: string, plan: Plan, settings: Settings = {}): Promise<Contender> {
  const entry = { entry: 'tests/bench/servers/bare.ts', settings, identitySecret: newToken() }
  return started(await newNode(entry), name, await bareCast(plan), entry)
}

function fail(error: unknown): never {
  throw error
}

type Node = Awaited<ReturnType<typeof newNode>>

async function newNode({ entry, settings, identitySecret }: Entry) {
  const port = await freePort()
  const site = { id: SITE_ID, name: 'Bench', origins: ['http://localhost:1'], faqDir: join(root, 'demo/faq') }
  return { port, ...serverProcess(port, { ...site, identitySecret }, entry, settings) }
}

async function started(node: Node, name: string, cast: Cast, entry: Entry): Promise<Contender> {
  await node.start()
  const pid = node.pid()
  const { port, origin } = node
  const removeWithUs = () => node.remove()
  process.on('exit', removeWithUs)
  return {
    name,
    port,
    origin,
    cast,
    identitySecret: entry.identitySecret,
    cpu: () => cpuOf(pid),
    resident: () => residentOf(pid),
    remove: () => {
      process.off('exit', removeWithUs)
      node.remove()
    },
    again: async () => started(await newNode(entry), name, cast, entry),
  }
}
