import { readFileSync } from 'node:fs'
import { createApp } from '@nightdesk/server/app.ts'
import { readConfig } from '@nightdesk/server/config.ts'
import { UNLIMITED } from '@nightdesk/server/door/settings.ts'
import { openPlane } from '@nightdesk/server/live/open-plane.ts'
import { openStore } from '@nightdesk/server/store/open-store.ts'
import pino from 'pino'
import { plainBot } from '../support/plain-bot.ts'
import { failing } from './failpoints.ts'
import { mutate } from './mutants.ts'

/** The server of the fault runs: the real one, without limits on asks and with a bot that has one answer. */
const config = readConfig(process.env)
const log = pino({ level: config.logLevel })
const onError = (error: unknown) => log.error({ err: error }, 'work that nobody waits for failed')
const real = {
  store: await openStore(config.databaseUrl, onError),
  ...openPlane(config.redisUrl, onError),
  bot: () => plainBot,
  onError,
  now: movedClock(process.env.CLOCK_FILE),
}
const parts = failing(process.env.FAILPOINT, mutate(process.env.MUTANT, real))
const app = await createApp(config, parts, log, UNLIMITED)
await app.http.listen({ port: config.port, host: config.host })
await app.open()
process.on('SIGTERM', () => void app.drain(config.drainMs))

/** The time of day plus what a file says, so that a row can make this server's clock leap while it runs. */
function movedClock(path: string | undefined): () => number {
  let leapMs = 0
  const look = () => {
    try {
      leapMs = Number(readFileSync(path ?? '', 'utf8'))
    } catch {
      leapMs = 0
    }
  }
  look()
  setInterval(look, 20).unref()
  return () => Date.now() + leapMs
}
