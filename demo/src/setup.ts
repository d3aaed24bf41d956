import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Site } from '@nightdesk/server/config.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { createSignIn } from '@nightdesk/server/identity/sign-in.ts'
import { openStore } from '@nightdesk/server/store/open-store.ts'
import { createExchange } from './exchange/exchange.ts'

/** What both ways of starting the demo need. Nothing here is for production; README says what is. */

export const root = resolve(import.meta.dirname, '../..')

const AGENTS = [
  { name: 'Mara', email: 'mara@northgate.example' },
  { name: 'Jonas', email: 'jonas@northgate.example' },
]

/** Secrets of their own for every installation, made once and kept readable for the owner only. */
export function keepSecrets(dir: string): { server: string; identity: string } {
  mkdirSync(dir, { recursive: true })
  const path = resolve(dir, 'demo-secrets.json')
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    const secrets = { server: newToken(), identity: newToken() }
    writeFileSync(path, JSON.stringify(secrets), { mode: 0o600 })
    return secrets
  }
}

/** Writes the file that tells Nightdesk of the pretend exchange. Answers the site and where the file is. */
export function keepSite(
  dir: string,
  exchangeUrl: string,
  identitySecret: string,
): { site: Site; file: string } {
  const site = {
    id: 'st_demo',
    name: 'Northgate',
    origins: [exchangeUrl],
    identitySecret,
    faqDir: resolve(root, 'demo/faq'),
    topics: ['account_hacked', 'deposit_missing', 'withdraw_pending', 'lost_2fa'],
  }
  const file = resolve(dir, 'demo-sites.json')
  writeFileSync(file, JSON.stringify([site], null, 2), { mode: 0o600 })
  return { site, file }
}

/** Starts the pretend exchange. Throws a sentence when its port is taken. */
export async function openExchange(port: number, nightdeskUrl: string, site: Site) {
  const { id: siteId, identitySecret } = site
  const exchange = createExchange({ nightdeskUrl, siteId, identitySecret, logLevel: 'warn' })
  await exchange.listen({ port, host: '127.0.0.1' }).catch(error => {
    const inUse = error.code === 'EADDRINUSE'
    throw inUse ? new Error(`Port ${port} is in use. Choose another one with DEMO_PORT.`) : error
  })
  return exchange
}

/** Adds the demo's agents where they are not there yet, and makes each a one-time sign-in link. */
export async function inviteAgents(databaseUrl: string, secretKey: string, nightdeskUrl: string) {
  const store = await openStore(databaseUrl, console.error)
  const signIn = createSignIn({ store, secretKey, now: Date.now })
  const links = []
  for (const { name, email } of AGENTS) {
    const agent = (await store.agentByEmail(email)) ?? (await store.addAgent({ name, email, at: Date.now() }))
    // After the #, so that the token reaches no server log, no proxy and no Referer.
    links.push({ name, url: `${nightdeskUrl}/desk#link=${await signIn.invite(agent)}` })
  }
  await store.close()
  return links
}

/** What to open and where, in words. */
export function introduction(
  exchangeUrl: string,
  nightdeskUrl: string,
  links: readonly { name: string; url: string }[],
): string {
  return `
  Nightdesk is running.

  The exchange   ${exchangeUrl}
                 Open the chat at the bottom right. Log in to be somebody.

  The desk       ${nightdeskUrl}/desk
                 One-time sign-in links, good for 24 hours:
${links.map(({ name, url }) => `                   ${name.padEnd(6)} ${url}`).join('\n')}
`
}

export async function untilReady(url: string): Promise<void> {
  for (;;) {
    const ready = await fetch(url).then(
      response => response.ok,
      () => false,
    )
    if (ready) return
    await new Promise(done => setTimeout(done, 50))
  }
}

/** A port from the environment. Ends the process with a sentence where it cannot be one. */
export function portFrom(name: string, otherwise: number): number {
  const given = process.env[name]
  if (given === undefined || given === '') return otherwise
  const port = Number(given)
  if (Number.isInteger(port) && port > 0 && port < 65536) return port
  console.error(`${name} must be a port number from 1 to 65535, not "${given}"`)
  process.exit(1)
}
