import type { FastifyBaseLogger } from 'fastify'
import type { SHIPPED_RATES } from '../door/rate.ts'

/** As much of the log as the doors use. Message text never goes there. */
export type Log = Pick<FastifyBaseLogger, 'debug' | 'error'>

/** What every namespace's door needs to know of the server it belongs to. */
export type DoorSettings = {
  log: Log
  secretKey: string
  now: () => number
  rates: typeof SHIPPED_RATES
  /** False while the server starts and drains. */
  isOpen: () => boolean
}
