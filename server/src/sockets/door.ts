import type { FastifyBaseLogger } from 'fastify'
import type { Counters } from '../door/ask-limits.ts'
import type { Proofs } from '../door/proof.ts'
import type { LimitSettings } from '../door/settings.ts'
import type { Gate } from './gate.ts'

/** As much of the log as the doors use. Message text never goes there. */
export type Log = Pick<FastifyBaseLogger, 'debug' | 'error'>

/** What every namespace's door needs to know of the server it belongs to. */
export type DoorSettings = {
  log: Log
  secretKey: string
  now: () => number
  settings: LimitSettings
  counters: Counters
  gate: Gate
  proofs: Proofs
  /** False while the server starts and drains. */
  isOpen: () => boolean
}
