import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { startHaproxy } from './services/haproxy.ts'
import { freePort } from './services/ports.ts'
import { startPostgres } from './services/postgres.ts'
import { startRedis } from './services/redis.ts'
import { root, untilReady } from './setup.ts'

export type Cluster = {
  databaseUrl: string
  /** Kills a node with SIGKILL; it is started again a second later. */
  kill(node: number): Promise<void>
  stop(): Promise<void>
}

const NODES = 2
const STARTED_AGAIN_MS = 1000

/**
 * Two nodes over PostgreSQL and Redis behind HAProxy, all on this machine, all from Debian's packages, with
 * databases of their own that are gone afterwards. A node that dies is started again, as an operator's init
 * system would.
 */
export async function startCluster(options: {
  port: number
  publicUrl: string
  secretKey: string
  sitesFile: string
  logLevel: string
}): Promise<Cluster> {
  const { port, publicUrl, secretKey, sitesFile, logLevel } = options
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  const databaseUrl = await postgres.newDatabase()
  const ports: number[] = []
  for (let index = 0; index < NODES; index++) ports.push(await freePort())
  const haproxy = await startHaproxy(port, ports)
  let stopping = false

  const nodes = ports.map(nodePort => {
    const env = {
      LOG_LEVEL: logLevel,
      ...process.env,
      PORT: String(nodePort),
      PUBLIC_URL: publicUrl,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      SECRET_KEY: secretKey,
      SITES_FILE: sitesFile,
      TRUST_PROXY: '1',
    }
    let child: ChildProcess
    const start = () => {
      const stdio = ['ignore', 'inherit', 'inherit'] as const
      child = spawn(process.execPath, [resolve(root, 'server/src/main.ts')], { env, stdio: [...stdio] })
      child.once('exit', () => setTimeout(() => stopping || start(), STARTED_AGAIN_MS))
    }
    start()
    return {
      port: nodePort,
      end: async (signal: NodeJS.Signals) => {
        if (child.exitCode !== null || child.signalCode !== null) return
        const gone = once(child, 'exit')
        child.kill(signal)
        await gone
      },
    }
  })
  for (const node of nodes) await untilReady(`http://127.0.0.1:${node.port}/healthz`)
  await untilReady(`${publicUrl}/healthz`)

  return {
    databaseUrl,
    kill: async node => nodes[node]?.end('SIGKILL'),
    stop: async () => {
      stopping = true
      await Promise.all(nodes.map(node => node.end('SIGTERM')))
      await Promise.all([haproxy.remove(), redis.remove(), postgres.remove()])
    },
  }
}
