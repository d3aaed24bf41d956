import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@nightdesk/demo/services/ports.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { serverProcess } from '../support/server-process.ts'
import { root } from '../support/sources.ts'
import type { Report } from './honest.ts'

export type FloodOptions = { rate: number; seconds: number; addresses: number; people: number }

export type FloodOutcome = {
  before: number[]
  during: number[]
  after: number[]
  back: number[]
  refusedHonest: string[]
  end: { sent: number; acked: number; missing: number }
  flood: Record<string, number>
  rss: { before: number; most: number; after: number }
  cpu: number
  /** Milliseconds after the flood until a second passed in which all was as before. */
  recovered: number
}

const CALM_MS = 300
const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** A flood of dials against a real server with honest people beside it. */
export async function runFlood({ rate, seconds, addresses, people }: FloodOptions): Promise<FloodOutcome> {
  const port = await freePort()
  const site = {
    id: 'st_demo',
    name: 'Flood',
    origins: ['http://localhost:1'],
    faqDir: join(root, 'demo/faq'),
  }
  const server = serverProcess(port, { ...site, identitySecret: newToken() }, 'server/src/main.ts', {
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
  })
  await server.start()
  const acks: { at: number; ms: number }[] = []
  const back: { at: number; ms: number }[] = []
  const refusedHonest: string[] = []
  let honest: ChildProcess | undefined
  try {
    honest = fork(join(import.meta.dirname, 'honest.ts'), [String(port), String(people)])
    let end: FloodOutcome['end'] | undefined
    const ready = new Promise<void>(resolve => {
      honest?.on('message', (report: Report) => {
        const at = performance.now()
        if (report.kind === 'ready') resolve()
        if (report.kind === 'acked') acks.push({ at, ms: report.ms })
        if (report.kind === 'back') back.push({ at, ms: report.ms })
        if (report.kind === 'refused') refusedHonest.push(report.code)
        if (report.kind === 'end') end = report
      })
    })
    await ready
    await sleep(5000)
    const rss = { before: rssOf(server.pid()), most: 0, after: 0 }
    const watch = setInterval(() => {
      rss.most = Math.max(rss.most, rssOf(server.pid()))
    }, 250)

    const start = performance.now()
    const cpuBefore = cpuOf(server.pid())
    const flood = await flooder(port, rate, seconds, addresses)
    const stop = performance.now()
    const cpu = (cpuOf(server.pid()) - cpuBefore) / ((stop - start) / 1000)
    await sleep(6000)
    clearInterval(watch)
    rss.after = rssOf(server.pid())

    const gone = once(honest, 'exit')
    honest.send('stop')
    await gone
    if (!end) throw new Error('the honest people did not report')
    const between = (list: typeof acks, from: number, to: number) =>
      list.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms)
    const late = acks.filter(({ at, ms }) => at >= stop && ms > CALM_MS).map(({ at }) => at - stop)
    return {
      before: between(acks, 0, start),
      during: between(acks, start, stop),
      after: between(acks, stop, Number.POSITIVE_INFINITY),
      back: between(back, start, stop),
      refusedHonest,
      end,
      flood,
      rss,
      cpu,
      recovered: Math.max(0, ...late),
    }
  } finally {
    honest?.kill()
    server.remove()
  }
}

async function flooder(...args: number[]): Promise<Record<string, number>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'flooder.ts'), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', chunk => {
    said += chunk
  })
  await once(child, 'exit')
  return JSON.parse(said)
}

/** Megabytes that a process holds. */
export function rssOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

/** Seconds of processor that a process has used; clock ticks are 10 ms on Linux. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

export function quantile(list: readonly number[], q: number): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
