import { join } from 'node:path'
import { freePort } from '@nightdesk/demo/services/ports.ts'
import { hashToken, newToken } from '@nightdesk/server/identity/secrets.ts'
import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { serverProcess } from '../support/server-process.ts'
import { root } from '../support/sources.ts'
import type { History, Stored } from './checker.ts'
import type { Mutant } from './mutants.ts'
import { FaultProxy } from './proxy.ts'
import { type Robot, robotAgent, robotVisitor } from './robots.ts'

/** A server that can be hurt, a proxy that can misbehave, visitors and agents that keep writing. */
export type World = Awaited<ReturnType<typeof newWorld>>

const SITE = {
  id: 'st_demo',
  name: 'Faults',
  origins: ['http://localhost:1'],
  faqDir: join(root, 'demo/faq'),
}

export async function newWorld(options: { visitors: number; agents: number; mutant?: Mutant | undefined }) {
  const port = await freePort()
  const server = serverProcess(port, { ...SITE, identitySecret: newToken() }, 'tests/faults/server.ts', {
    LOG_LEVEL: 'silent',
    DRAIN_MS: '100',
    ...(options.mutant ? { MUTANT: options.mutant } : {}),
  })
  const { origin, databasePath, secretKey } = server
  const history: Pick<History, 'sent' | 'acked' | 'live'> = { sent: [], acked: [], live: [] }
  const proxy = new FaultProxy(port)
  const proxyPort = await proxy.listen()
  const door = { url: `http://127.0.0.1:${proxyPort}`, origin, site: SITE.id }

  /** Everything that is in the store, read by a connection of our own. */
  async function stored(conversations: Iterable<ConversationId>): Promise<Map<string, Stored[]>> {
    const store = openSqliteStore(databasePath)
    const all = new Map<string, Stored[]>()
    for (const id of conversations) {
      const messages: Stored[] = []
      for (let after = 0, more = true; more; ) {
        const page = await store.page(id, { after }, 1000)
        for (const { id: message, seq, key, body } of page?.messages ?? []) {
          messages.push({ id: message, seq, key, text: body.kind === 'status' ? undefined : body.text })
        }
        after = messages.at(-1)?.seq ?? 0
        more = page?.more ?? false
      }
      all.set(id, messages)
    }
    await store.close()
    return all
  }

  await server.start()
  const store = openSqliteStore(databasePath)
  const sessions: string[] = []
  for (let index = 0; index < options.agents; index++) {
    const agent = await store.addAgent({ name: `Agent ${index}`, email: `agent${index}@x`, at: Date.now() })
    const session = newToken()
    const tokenHash = hashToken(secretKey, session)
    await store.addDeskSession({ tokenHash, agentId: agent.id, at: Date.now(), expiresAt: Date.now() + 1e8 })
    sessions.push(session)
  }
  await store.close()
  const robots: Robot[] = [
    ...Array.from({ length: options.visitors }, (_, index) =>
      robotVisitor(`visitor ${index}`, door, history),
    ),
    ...sessions.map((session, index) => robotAgent(`agent ${index}`, door, session, history)),
  ]

  /** Whether nothing is under way and all observers of a conversation show the same end of it. */
  function settled(): boolean {
    if (robots.some(robot => robot.waiting() > 0)) return false
    const views = Map.groupBy(
      robots.flatMap(robot => robot.shows()),
      view => view.conversation,
    )
    return [...views.values()].every(all => new Set(all.map(view => view.ids.at(-1))).size === 1)
  }

  /** Stops the writing and waits, for at most `within` milliseconds. Answers how long it took. */
  async function rest(within: number): Promise<number> {
    for (const robot of robots) robot.stop()
    const since = Date.now()
    while (Date.now() - since < within && !settled()) await sleep(20)
    const took = Date.now() - since
    // News may still be on its way to two observers alike.
    await sleep(500)
    return took
  }

  return {
    history,
    proxy,
    server,
    databasePath,
    robots,
    rest,
    accepted: () => history.acked.length,
    result: async (): Promise<History> => ({
      ...history,
      atRest: robots.flatMap(robot => robot.shows()),
      stored: await stored(
        new Set(robots.flatMap(robot => robot.shows().map(view => view.conversation as ConversationId))),
      ),
    }),
    close: async () => {
      for (const robot of robots) robot.leave()
      await proxy.close()
      server.remove()
    },
  }
}

export const sleep = (ms: number) => new Promise<void>(done => setTimeout(done, ms))
