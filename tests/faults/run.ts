import { check, type Finding } from './checker.ts'
import type { Mutant } from './mutants.ts'
import type { Row } from './rows.ts'
import { newWorld, sleep } from './world.ts'

export type Outcome = {
  row: Row
  count: number
  accepted: number
  /** Milliseconds from the end of the last fault until nothing waited and all agreed; G4 promises 10,000. */
  healed: number
  findings: Finding[]
}

type Options = { count: number; visitors: number; agents: number; mutant?: Mutant }

/** Runs one row in a world of its own and holds its history against what is stored. */
export async function runRow(row: Row, { count, visitors, agents, mutant }: Options): Promise<Outcome> {
  const world = await newWorld({ visitors, agents, mutant })
  try {
    await sleep(1500)
    await row.hurt(world, count)
    const healed = await world.rest(10_000)
    return { row, count, accepted: world.accepted(), healed, findings: check(await world.result()) }
  } finally {
    await world.close()
  }
}

const LOST = ['acked but missing', 'gap at rest', 'gap in seq']
const DOUBLED = ['stored twice', 'shown twice', 'acked as another message']

/** One line a row: what was done, how much was accepted, what was lost, doubled or out of order. */
export function lineOf({ row, count, accepted, healed, findings }: Outcome): string {
  const lost = findings.filter(({ fault }) => LOST.includes(fault)).length
  const doubled = findings.filter(({ fault }) => DOUBLED.includes(fault)).length
  const other = findings.length - lost - doubled
  return [
    row.id.padEnd(4),
    row.fault.padEnd(42),
    `${count} times`.padStart(11),
    `${accepted} accepted`.padStart(17),
    `${lost} lost`.padStart(8),
    `${doubled} doubled`.padStart(11),
    `${other} out of order`.padStart(16),
    `healed in ${healed} ms`.padStart(20),
  ].join(' ')
}
