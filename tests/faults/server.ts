import { createApp } from '@nightdesk/server/app.ts'
import { readConfig } from '@nightdesk/server/config.ts'
import { UNLIMITED } from '@nightdesk/server/door/settings.ts'
import { openPlane } from '@nightdesk/server/live/open-plane.ts'
import { openStore } from '@nightdesk/server/store/open-store.ts'
import pino from 'pino'
import { mutate } from './mutants.ts'

/** The server of the fault runs: the real one, without limits on asks and with a bot that only steps aside. */
const config = readConfig(process.env)
const log = pino({ level: 'silent' })
const parts = mutate(process.env.MUTANT, {
  store: await openStore(config.databaseUrl, () => undefined),
  ...openPlane(config.redisUrl, () => undefined),
  bot: () => ({ reply: () => ({ kind: 'unsure' }), topics: () => [] }),
  onError: () => undefined,
  now: Date.now,
})
const app = await createApp(config, parts, log, UNLIMITED)
await app.http.listen({ port: config.port, host: config.host })
await app.open()
process.on('SIGTERM', () => void app.drain(config.drainMs))
