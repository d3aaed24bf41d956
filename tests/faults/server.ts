import { createApp } from '@nightdesk/server/app.ts'
import { readConfig } from '@nightdesk/server/config.ts'
import { openLive } from '@nightdesk/server/live/open-live.ts'
import { openStore } from '@nightdesk/server/store/open-store.ts'
import pino from 'pino'
import { mutate } from './mutants.ts'

/** The server of the fault runs: the real one, without limits on asks and with a bot that only steps aside. */
const often = { burst: 1e9, perSecond: 1e9 }
const rates = { visitor: { ask: often, hint: often }, agent: { ask: often, hint: often } }

const config = readConfig(process.env)
const log = pino({ level: 'silent' })
const parts = mutate(process.env.MUTANT, {
  store: await openStore(config.databaseUrl, () => undefined),
  live: openLive(config.redisUrl, () => undefined),
  bot: () => ({ reply: () => ({ kind: 'unsure' }), topics: () => [] }),
  onError: () => undefined,
  now: Date.now,
})
const app = await createApp(config, parts, log, rates)
await app.http.listen({ port: config.port, host: config.host })
await app.open()
process.on('SIGTERM', () => void app.drain(config.drainMs))
