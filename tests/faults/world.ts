import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Redis, startRedis } from '@nightdesk/demo/services/redis.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { root } from '../support/sources.ts'
import type { History } from './checker.ts'
import { clock, sleep, until } from './clock.ts'
import { type Database, newDatabase, type StoreKind } from './database.ts'
import { Log } from './log.ts'
import type { Mutant } from './mutants.ts'
import { newNode } from './node.ts'
import { FaultProxy } from './proxy.ts'
import { robotAgent } from './robots/agent.ts'
import { leanAgent } from './robots/lean-agent.ts'
import { type LeanVisitor, leanVisitor } from './robots/lean-visitor.ts'
import type { Door, Robot } from './robots/robot.ts'
import { robotVisitor } from './robots/visitor.ts'
import { addAgents, storedAt } from './truth.ts'

/** Servers that can be hurt, a network that can misbehave, visitors and agents that keep writing. */
export type World = Awaited<ReturnType<typeof newWorld>>

/** How many write, and how fast the lean ones do. */
export type Crowd = {
  visitors: number
  agents: number
  leanVisitors: number
  leanAgents: number
  leanPauseMs: number
}

export type WorldOptions = {
  store: StoreKind
  nodes: number
  redis: boolean
  crowd: Crowd
  mutant?: Mutant | undefined
  /** Takes the place of an ordinary database. */
  database?: Database | undefined
}

const SITE = {
  id: 'st_demo',
  name: 'Faults',
  origins: ['http://localhost:1'],
  faqDir: join(root, 'demo/faq'),
  identitySecret: newToken(),
}

export async function newWorld({
  store,
  nodes: count,
  redis: withRedis,
  crowd,
  mutant,
  ...given
}: WorldOptions) {
  const log = new Log()
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-world-'))
  const clockFile = join(dir, 'clock')
  const database = given.database ?? (await newDatabase(store))
  const redis = withRedis ? await redisPlane() : undefined
  const secretKey = newToken()
  const proxy = new FaultProxy([])
  const url = `http://127.0.0.1:${await proxy.listen()}`
  const settings = {
    DATABASE_URL: database.url,
    SECRET_KEY: secretKey,
    PUBLIC_URL: url,
    DRAIN_MS: '100',
    CLOCK_FILE: clockFile,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    ...(mutant ? { MUTANT: mutant } : {}),
  }
  const nodes = await Promise.all(Array.from({ length: count }, () => newNode(SITE, settings)))
  proxy.moveTo(...nodes.map(node => node.port))
  // One after the other: the first one makes the schema.
  for (const node of nodes) await node.start()

  const door: Door = { url, origin: url, site: SITE.id }
  const sessions = await addAgents(directUrl(), secretKey, crowd.agents + crowd.leanAgents)
  const robots: Robot[] = [
    ...Array.from({ length: crowd.visitors }, (_, index) => robotVisitor(`visitor ${index}`, door, log)),
    ...sessions.slice(0, crowd.agents).map((one, index) => robotAgent(`agent ${index}`, door, one, log)),
    ...sessions.slice(crowd.agents).map((one, index) => leanAgent(`lean agent ${index}`, door, one, log)),
    ...Array.from({ length: crowd.leanVisitors }, (_, index) => leanPair(index)).flat(),
  ]

  /** Every fourth lean visitor has a second tab. */
  function leanPair(index: number): LeanVisitor[] {
    const options = { pauseMs: crowd.leanPauseMs, wantsPerson: crowd.leanAgents > 0 }
    const one = leanVisitor(`lean visitor ${index}`, door, log, options)
    return index % 4 === 0 ? [one, leanVisitor(`lean tab ${index}`, door, log, {}, one)] : [one]
  }

  function directUrl(): string {
    return database.kind === 'postgres' ? database.directUrl : database.url
  }

  /** What was still missing when it was last looked at. */
  let late = ''

  /** Whether nothing is under way and all observers of a conversation show the same end of it. */
  function settled(): boolean {
    late = ''
    for (const robot of robots) if (robot.waiting() > 0) late = `${robot.by} waits`
    if (late) return false
    const ends = new Map<string, string | undefined>()
    for (const { conversation, id } of robots.flatMap(robot => robot.ends())) {
      if (ends.has(conversation) && ends.get(conversation) !== id) {
        late = `${conversation} has two ends`
        return false
      }
      ends.set(conversation, id)
    }
    return true
  }

  const closing: (() => Promise<void>)[] = []
  let faults = 0
  let healedAt = clock()
  let healsBy = 0

  return {
    log,
    proxy,
    nodes,
    robots,
    database,
    directUrl: directUrl(),
    redis,
    door,
    clockFile,
    late: () => late,
    accepted: () => log.acked.length,
    faults: () => faults,
    node: (): Awaited<ReturnType<typeof newNode>> => {
      const node = nodes[Math.floor(Math.random() * nodes.length)]
      if (!node) throw new Error('this world has no server')
      return node
    },
    /** One fault from its beginning to its end; what is shown meanwhile is not held to any time. */
    fault: async (act: () => Promise<void>): Promise<void> => {
      faults++
      log.catchUp.begin()
      await act()
      log.catchUp.end()
      healedAt = clock()
    },
    /** A robot of a row's own, which the checker holds to the same promises. */
    add: <One extends Robot>(robot: One): One => {
      robots.push(robot)
      return robot
    },
    /** Something of a row's own that ends with the world. */
    alsoClose: (close: () => Promise<void>) => void closing.push(close),
    /** Another node with a database of its own, which the caller removes. */
    stranger: (url: string) => newNode(SITE, { ...settings, DATABASE_URL: url }),
    /** Leaps the servers' clocks. */
    leap: async (ms: number): Promise<void> => {
      writeFileSync(clockFile, String(ms))
      await sleep(50)
    },
    /** Stops the writing and waits, for at most `within` milliseconds. Answers how long after the last fault all was well. */
    rest: async (within: number): Promise<number> => {
      for (const robot of robots) robot.stop()
      if (faults === 0) healedAt = clock()
      await until(settled, within)
      healsBy = clock()
      // News may still be on its way to two observers alike.
      await sleep(300)
      await until(settled, 2000)
      return Math.round(healsBy - healedAt)
    },
    result: async (): Promise<History> => {
      const atRest = robots.flatMap(robot => robot.shows())
      const conversations = new Set(atRest.map(view => view.conversation))
      return {
        sent: log.sent,
        acked: log.acked,
        live: log.live,
        atRest,
        stored: await storedAt(directUrl(), conversations),
      }
    },
    close: async (): Promise<void> => {
      for (const robot of robots) robot.leave()
      for (const close of closing) await close()
      await proxy.close()
      for (const node of nodes) node.remove()
      await redis?.remove()
      await database.remove()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A Redis behind a proxy, so that its place can be taken by another one. */
async function redisPlane() {
  const service: Redis = await startRedis()
  const proxy = new FaultProxy([service.port])
  const port = await proxy.listen()
  const remove = async () => {
    await proxy.close()
    await service.remove()
  }
  return { service, proxy, url: `redis://127.0.0.1:${port}`, remove }
}
