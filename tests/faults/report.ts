import type { Fault } from './checker.ts'
import type { Outcome } from './run.ts'

const LOST: Fault[] = ['acked but missing', 'gap at rest', 'gap in seq']
const DOUBLED: Fault[] = ['stored twice', 'shown twice', 'acked as another message']
const BROKEN: Fault[] = ['promise broken', 'refused']

/** One line a row: what was done, how much was accepted, what was lost, doubled, out of order or late. */
export function lineOf(outcome: Outcome): string {
  const { id, fault, store, nodes, notRun, faults, accepted, perSecond, catchUpMs, healedMs, findings } =
    outcome
  const head = [id.padEnd(6), fault.padEnd(46), `${store} ×${nodes}`.padEnd(12)]
  if (notRun) return [...head, `NOT RUN: ${notRun}`].join(' ')
  const amount = (kinds: Fault[]) => findings.filter(finding => kinds.includes(finding.fault)).length
  const lost = amount(LOST)
  const doubled = amount(DOUBLED)
  const broken = amount(BROKEN)
  return [
    ...head,
    `${faults} faults`.padStart(11),
    `${accepted} accepted`.padStart(16),
    `${perSecond}/s`.padStart(7),
    `${lost} lost`.padStart(7),
    `${doubled} doubled`.padStart(10),
    `${findings.length - lost - doubled - broken} disordered`.padStart(13),
    `${broken} broken`.padStart(9),
    `catch-up ${catchUpMs} ms`.padStart(17),
    `healed ${healedMs} ms`.padStart(15),
  ].join(' ')
}
