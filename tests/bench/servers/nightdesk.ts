import { createApp } from '@nightdesk/server/app.ts'
import { readConfig } from '@nightdesk/server/config.ts'
import { UNLIMITED } from '@nightdesk/server/door/settings.ts'
import { openPlane } from '@nightdesk/server/live/open-plane.ts'
import { openStore } from '@nightdesk/server/store/open-store.ts'
import pino from 'pino'
import { plainBot } from '../../support/plain-bot.ts'

/** The server that is measured: the real one, without limits on asks and with a bot that has one answer. */
const config = readConfig(process.env)
const log = pino({ level: config.logLevel })
const onError = (error: unknown) => log.error({ err: error }, 'work that nobody waits for failed')
const parts = {
  store: await openStore(config.databaseUrl, onError),
  ...openPlane(config.redisUrl, onError),
  bot: () => plainBot,
  onError,
  now: Date.now,
}
const app = await createApp(config, parts, log, UNLIMITED)
await app.http.listen({ port: config.port, host: config.host })
await app.open()
process.on('SIGTERM', () => void app.drain(config.drainMs))
