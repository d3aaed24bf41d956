import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startCluster } from './cluster.ts'
import { introduction, inviteAgents, keepSecrets, keepSite, openExchange, portFrom, root } from './setup.ts'

/**
 * `pnpm start:cluster`: the demo as it runs for real, two nodes behind HAProxy with PostgreSQL and Redis. Kill a
 * node and watch the conversation go on.
 */
const port = portFrom('PORT', 4000)
const demoPort = portFrom('DEMO_PORT', 4100)
const publicUrl = `http://localhost:${port}`
const exchangeUrl = `http://localhost:${demoPort}`

const built = spawnSync(process.execPath, [resolve(root, 'widget/build.ts')], { stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

process.umask(0o077)
const dir = mkdtempSync(join(tmpdir(), 'nightdesk-cluster-'))
const secrets = keepSecrets(dir)
const { site, file: sitesFile } = keepSite(dir, exchangeUrl, secrets.identity)
const cluster = await startCluster({
  port,
  publicUrl,
  secretKey: secrets.server,
  sitesFile,
  logLevel: 'warn',
})

let stopping = false
async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  await cluster.stop()
  rmSync(dir, { recursive: true, force: true })
  process.exit(code)
}
process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))
await openExchange(demoPort, publicUrl, site).catch(async error => {
  console.error(error.message)
  await stop(1)
})
const links = await inviteAgents(cluster.databaseUrl, secrets.server, publicUrl)
console.log(`${introduction(exchangeUrl, publicUrl, links)}
  Two nodes behind HAProxy, over PostgreSQL and Redis. Type 1 or 2 and Enter to kill -9 a node; it is started
  again a second later. Nothing here outlives Ctrl+C.
`)
process.stdin.on('data', typed => {
  const node = Number(`${typed}`.trim())
  if (node === 1 || node === 2)
    void cluster.kill(node - 1).then(() => console.log(`  Node ${node} was killed.`))
})
