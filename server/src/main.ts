import { type Logger, pino } from 'pino'
import { createApp } from './app.ts'
import type { BotEngine } from './bot/engine.ts'
import { FaqError } from './bot/faq.ts'
import { ALLOWED_WRONG, faqBot } from './bot/faq-bot.ts'
import { openModel } from './bot/match/model.ts'
import { type OpenFaq, openFaq } from './bot/open-faq.ts'
import { ConfigError, readConfig, type Site } from './config.ts'
import { openPlane } from './live/open-plane.ts'
import { openStore } from './store/open-store.ts'

/** env → config → parts → app → listen → ready; SIGTERM → drain → exit. */
async function main(): Promise<void> {
  // What people wrote to support is for this user's eyes.
  process.umask(0o077)
  const config = readConfig(process.env)
  const log = pino({ level: config.logLevel })
  const { bots, stop: stopBots } = await openBots(config.sites, log)
  const onError = (error: unknown, conversationId?: string) =>
    log.error({ err: error, conversationId }, 'work that nobody waits for failed')
  const parts = {
    store: await openStore(config.databaseUrl, onError),
    ...openPlane(config.redisUrl, onError),
    bot: (siteId: string) => {
      const bot = bots.get(siteId)
      if (!bot) throw new Error(`no bot for site ${siteId}`)
      return bot
    },
    onError,
    now: Date.now,
  }
  const app = await createApp(config, parts, log)
  await app.http.listen({ port: config.port, host: config.host })
  await app.open()
  log.info({ url: config.publicUrl.href }, 'ready')

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'draining')
    stopBots()
    await app.drain(config.drainMs)
    log.info('closed')
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** A bot a site. Sites with one FAQ share what is made of it; what is wrong with a changed one is said, and the one before goes on. */
async function openBots(sites: Site[], log: Logger) {
  const model = openModel()
  const faqs = new Map<string, OpenFaq>()
  // One after another: each takes a process and a core while it is prepared.
  for (const dir of new Set(sites.map(site => site.faqDir))) {
    const news = {
      onChanged: (entries: number) => log.info({ dir, entries }, 'the FAQ has changed'),
      onError: (error: unknown) =>
        log.error({ dir, err: error }, 'a changed FAQ is not used; the one before is'),
    }
    faqs.set(dir, await openFaq(model, dir, news))
  }
  const bots = new Map<string, BotEngine>()
  for (const { id, faqDir, wrongAnswers = ALLOWED_WRONG } of sites) {
    const faq = faqs.get(faqDir)
    if (faq) bots.set(id, faqBot(faq.knows, model.judge.answerAt, wrongAnswers))
  }
  return { bots, stop: () => faqs.forEach(faq => void faq.stop()) }
}

main().catch(error => {
  console.error(inWords(error))
  process.exit(1)
})

/** What an operator can act on is said in a sentence; the rest with all that is known. */
function inWords(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof FaqError) return error.message
  const { code, port } = error as { code?: string; port?: number }
  return code === 'EADDRINUSE' ? `Port ${port} is in use. Choose another one with PORT.` : error
}
