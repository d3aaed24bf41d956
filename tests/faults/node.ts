import { readFileSync } from 'node:fs'
import { freePort } from '@nightdesk/demo/services/ports.ts'
import type { Site } from '@nightdesk/server/config.ts'
import { serverProcess } from '../support/server-process.ts'
import { clock } from './clock.ts'

/** One process of Nightdesk that can be hurt, and how it took it. */
export type Node = Awaited<ReturnType<typeof newNode>>

export async function newNode(site: Site, settings: Record<string, string>) {
  const port = await freePort()
  const server = serverProcess(port, site, 'tests/faults/server.ts', {
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ...settings,
  })
  let slowestStartMs = 0

  async function start(more: Record<string, string> = {}): Promise<void> {
    const since = clock()
    await server.start(more)
    slowestStartMs = Math.max(slowestStartMs, Math.round(clock() - since))
  }

  return {
    ...server,
    port,
    start,
    slowestStartMs: () => slowestStartMs,
    /** Memory in use, in megabytes. */
    memory: (): number => {
      const status = readFileSync(`/proc/${server.pid()}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
    },
  }
}
