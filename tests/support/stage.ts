import { join } from 'node:path'
import { createExchange } from '@nightdesk/demo/exchange/exchange.ts'
import type { Site } from '@nightdesk/server/config.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { onTestFinished } from 'vitest'
import { newServerProcess } from './process.ts'
import { root } from './sources.ts'

/** Nightdesk and the pretend exchange on two origins, as `pnpm start` puts them, with a server to kill. */
export async function newStage(port: number, settings: Partial<Site> = {}) {
  const exchangeUrl = `http://localhost:${port + 1}`
  const site = {
    id: 'st_demo',
    name: 'Northgate',
    origins: [exchangeUrl],
    identitySecret: newToken(),
    faqDir: join(root, 'demo/faq'),
    topics: ['account_hacked', 'deposit_missing', 'withdraw_pending', 'lost_2fa'],
    ...settings,
  }
  const server = await newServerProcess(port, site)
  const exchange = createExchange({
    nightdeskUrl: server.origin,
    siteId: site.id,
    identitySecret: site.identitySecret,
    logLevel: 'silent',
  })
  await exchange.listen({ port: port + 1, host: '127.0.0.1' })
  onTestFinished(() => exchange.close())
  return { server, exchangeUrl }
}
