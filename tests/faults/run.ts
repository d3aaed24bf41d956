import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { check, type Finding } from './checker.ts'
import { clock, sleep } from './clock.ts'
import type { StoreKind } from './database.ts'
import type { Mutant } from './mutants.ts'
import type { Row, Scale } from './rows/row.ts'
import { type Crowd, newWorld } from './world.ts'

export type Outcome = {
  id: string
  fault: string
  store: StoreKind
  nodes: number
  /** Why it was not run, in a sentence. */
  notRun?: string
  faults: number
  accepted: number
  perSecond: number
  /** Milliseconds, 99 of 100, over all observers; see `CatchUp`. */
  catchUpMs: number
  /** Milliseconds from the end of the last fault until nothing waited and all agreed; G4 promises 10,000. */
  healedMs: number
  findings: Finding[]
}

export type Options = {
  scale: Scale
  store: StoreKind
  nodes?: number | undefined
  count?: number | undefined
  mutant?: Mutant | undefined
}

const CROWDS: Record<Scale, Crowd> = {
  ci: { visitors: 6, agents: 2, leanVisitors: 4, leanAgents: 1, leanPauseMs: 30 },
  full: { visitors: 20, agents: 5, leanVisitors: 60, leanAgents: 2, leanPauseMs: 0 },
}
/** How long everybody has to meet before anything is hurt. */
const SETTLES_WITHIN_MS = 1000
const HEALS_WITHIN_MS = 10_000
const NODES = 2

/** Runs one row in a world of its own and holds its history against what is stored. */
export async function runRow(row: Row, options: Options): Promise<Outcome> {
  const { scale, store, mutant, count = row.counts[scale] } = options
  const nodes = options.nodes ?? row.nodes ?? NODES
  const about = { id: row.id, fault: row.fault, store, nodes }
  const notRun = row.impossible?.()
  if (notRun)
    return { ...about, notRun, faults: 0, accepted: 0, perSecond: 0, catchUpMs: 0, healedMs: 0, findings: [] }
  if (row.ownNetwork && !process.env.OWN_NETWORK) return inOwnNetwork(row, { ...options, nodes, count })

  const database = await row.database?.(store)
  const crowd = { ...CROWDS[scale], ...row.crowd }
  const world = await newWorld({ store, nodes, redis: row.redis ?? false, crowd, mutant, database })
  try {
    const since = clock()
    await sleep(SETTLES_WITHIN_MS)
    await row.hurt(world, count, scale)
    const seconds = (clock() - since) / 1000
    const healedMs = await world.rest(HEALS_WITHIN_MS + 2000)
    const accepted = world.accepted()
    world.log.demand(healedMs <= HEALS_WITHIN_MS, `healed only after ${healedMs} ms`)
    const catchUpMs = world.log.catchUp.p99()
    world.log.demand(catchUpMs <= HEALS_WITHIN_MS, `catching up took ${catchUpMs} ms`)
    const perSecond = Math.round(accepted / seconds)
    const findings = check(await world.result())
    return { ...about, faults: world.faults(), accepted, perSecond, catchUpMs, healedMs, findings }
  } finally {
    await world.close()
  }
}

/** The same run in a process of its own, whose loopback nobody else uses. */
function inOwnNetwork(row: Row, { scale, store, nodes, count }: Options): Outcome {
  const args = [
    '--rows',
    row.id,
    '--scale',
    scale,
    '--store',
    store,
    '--nodes',
    `${nodes}`,
    '--times',
    `${count}`,
  ]
  const { stdout, status } = spawnSync(
    'unshare',
    ['-n', process.execPath, join(import.meta.dirname, 'main.ts'), ...args, '--json'],
    { env: { ...process.env, OWN_NETWORK: '1' }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const line = stdout.split('\n').findLast(one => one.startsWith('{'))
  if (!line) throw new Error(`${row.id} ended with ${status} and without an outcome`)
  return JSON.parse(line)
}
