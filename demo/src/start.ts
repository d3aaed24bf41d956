import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import {
  introduction,
  inviteAgents,
  keepSecrets,
  keepSite,
  openExchange,
  portFrom,
  root,
  untilReady,
} from './setup.ts'

/**
 * `pnpm start`: builds the widget, starts Nightdesk and the pretend exchange beside it, prints where they are
 * and a one-time sign-in link for each agent.
 */
const port = portFrom('PORT', 4000)
const demoPort = portFrom('DEMO_PORT', 4100)
const nightdeskUrl = process.env.PUBLIC_URL ?? `http://localhost:${port}`
const exchangeUrl = `http://localhost:${demoPort}`
const dataDir = resolve(process.env.DATA_DIR ?? resolve(root, 'data'))
const databaseUrl = `sqlite:${resolve(dataDir, 'nightdesk.db')}`

const built = spawnSync(process.execPath, [resolve(root, 'widget/build.ts')], { stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

process.umask(0o077)
const secrets = keepSecrets(dataDir)
const { site, file } = keepSite(dataDir, exchangeUrl, secrets.identity)
const server = spawn(process.execPath, [resolve(root, 'server/src/main.ts')], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    LOG_LEVEL: 'warn',
    ...process.env,
    PORT: String(port),
    PUBLIC_URL: nightdeskUrl,
    DATABASE_URL: databaseUrl,
    SECRET_KEY: secrets.server,
    SITES_FILE: file,
  },
})
stopTogether(server)
await untilReady(`${nightdeskUrl}/healthz`)
await openExchange(demoPort, nightdeskUrl, site).catch(error => {
  console.error(error.message)
  server.kill('SIGKILL')
  process.exit(1)
})
const links = await inviteAgents(databaseUrl, secrets.server, nightdeskUrl)
console.log(`${introduction(exchangeUrl, nightdeskUrl, links)}
  Data in ${dataDir}. Stop with Ctrl+C.
`)

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
