import { ChatError } from '@nightdesk/shared/errors.ts'

const TRY_AGAIN_MS = 500
/** Five minutes: longer than any failover, shorter than for ever. */
const TRIES = 600

/** Asks a store that is away again until it answers: what is not told now, nobody else will tell. */
export async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      const isAway = error instanceof ChatError && error.code === 'STORE_UNAVAILABLE'
      if (!isAway || tries === TRIES) throw error
    }
    await new Promise(resolve => setTimeout(resolve, TRY_AGAIN_MS).unref())
  }
}
