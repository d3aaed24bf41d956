import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { createSignIn } from '@nightdesk/server/identity/sign-in.ts'
import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import { createExchange } from './exchange/exchange.ts'

/**
 * `pnpm start`: builds the widget, starts Nightdesk and the pretend exchange beside it, prints where they are
 * and a one-time sign-in link for each agent. Nothing here is for production; README says what is.
 */
const root = resolve(import.meta.dirname, '../..')
const port = portFrom('PORT', 4000)
const demoPort = portFrom('DEMO_PORT', 4100)
const nightdeskUrl = process.env.PUBLIC_URL ?? `http://localhost:${port}`
const exchangeUrl = `http://localhost:${demoPort}`
const dataDir = resolve(process.env.DATA_DIR ?? resolve(root, 'data'))
const databasePath = resolve(dataDir, 'nightdesk.db')

const AGENTS = [
  { name: 'Mara', email: 'mara@northgate.example' },
  { name: 'Jonas', email: 'jonas@northgate.example' },
]

const built = spawnSync(process.execPath, [resolve(root, 'widget/build.ts')], { stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

process.umask(0o077)
mkdirSync(dataDir, { recursive: true })
const secrets = keepSecrets(resolve(dataDir, 'demo-secrets.json'))
const sitesFile = resolve(dataDir, 'demo-sites.json')
const site = {
  id: 'st_demo',
  name: 'Northgate',
  origins: [exchangeUrl],
  identitySecret: secrets.identity,
  faqDir: resolve(root, 'demo/faq'),
  topics: ['account_hacked', 'deposit_missing', 'withdraw_pending', 'lost_2fa'],
}
writeFileSync(sitesFile, JSON.stringify([site], null, 2), { mode: 0o600 })

const server = spawn(process.execPath, [resolve(root, 'server/src/main.ts')], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    LOG_LEVEL: 'warn',
    ...process.env,
    PORT: String(port),
    PUBLIC_URL: nightdeskUrl,
    DATABASE_URL: `sqlite:${databasePath}`,
    SECRET_KEY: secrets.server,
    SITES_FILE: sitesFile,
  },
})
stopTogether(server)
await untilReady(`${nightdeskUrl}/healthz`)

const exchange = createExchange({
  nightdeskUrl,
  siteId: site.id,
  identitySecret: site.identitySecret,
  logLevel: 'warn',
})
await exchange.listen({ port: demoPort, host: '127.0.0.1' }).catch(error => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${demoPort} is in use. Choose another one with DEMO_PORT.` : error,
  )
  server.kill('SIGKILL')
  process.exit(1)
})
const links = await inviteAgents()

console.log(`
  Nightdesk is running.

  The exchange   ${exchangeUrl}
                 Open the chat at the bottom right. Log in to be somebody.

  The desk       ${nightdeskUrl}/desk
                 One-time sign-in links, good for 24 hours:
${links.map(({ name, url }) => `                   ${name.padEnd(6)} ${url}`).join('\n')}

  Data in ${dataDir}. Stop with Ctrl+C.
`)

async function inviteAgents(): Promise<{ name: string; url: string }[]> {
  const store = openSqliteStore(databasePath)
  const signIn = createSignIn({ store, secretKey: secrets.server, now: Date.now })
  const links = []
  for (const { name, email } of AGENTS) {
    const agent = (await store.agentByEmail(email)) ?? (await store.addAgent({ name, email, at: Date.now() }))
    // After the #, so that the token reaches no server log, no proxy and no Referer.
    links.push({ name, url: `${nightdeskUrl}/desk#link=${await signIn.invite(agent)}` })
  }
  await store.close()
  return links
}

/** Secrets of their own for every installation, made once and kept readable for the owner only. */
function keepSecrets(path: string): { server: string; identity: string } {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    const secrets = { server: newToken(), identity: newToken() }
    writeFileSync(path, JSON.stringify(secrets), { mode: 0o600 })
    return secrets
  }
}

async function untilReady(url: string): Promise<void> {
  for (;;) {
    const ready = await fetch(url).then(
      response => response.ok,
      () => false,
    )
    if (ready) return
    await new Promise(done => setTimeout(done, 50))
  }
}

/** Both live and die together, whichever of them a signal or a fault meets first. */
function stopTogether(child: ChildProcess): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    child.kill('SIGTERM')
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  child.on('exit', code => process.exit(stopping ? 0 : (code ?? 1)))
}

function portFrom(name: string, otherwise: number): number {
  const given = process.env[name]
  if (given === undefined || given === '') return otherwise
  const port = Number(given)
  if (Number.isInteger(port) && port > 0 && port < 65536) return port
  console.error(`${name} must be a port number from 1 to 65535, not "${given}"`)
  process.exit(1)
}
