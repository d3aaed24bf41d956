import { createApp } from '@nightdesk/server/app.ts'
import { readConfig } from '@nightdesk/server/config.ts'
import { localLimits } from '@nightdesk/server/door/limits.ts'
import { UNLIMITED } from '@nightdesk/server/door/settings.ts'
import { inProcessLive } from '@nightdesk/server/live/in-process.ts'
import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import pino from 'pino'
import { mutate } from './mutants.ts'

/** The server of the fault runs: the real one, without limits on asks and with a bot that only steps aside. */
const config = readConfig(process.env)
const log = pino({ level: 'silent' })
const parts = mutate(process.env.MUTANT, {
  store: openSqliteStore(config.databasePath),
  live: inProcessLive(),
  limits: localLimits({ now: Date.now }),
  bot: () => ({ reply: () => ({ kind: 'unsure' }), topics: () => [] }),
  onError: () => undefined,
  now: Date.now,
})
const app = await createApp(config, parts, log, UNLIMITED)
await app.http.listen({ port: config.port, host: config.host })
await app.open()
process.on('SIGTERM', () => void app.drain(config.drainMs))
