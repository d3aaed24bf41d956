import { readdirSync, readFileSync } from 'node:fs'

/**
 * CPU that a process and all its threads have used so far, in microseconds. `schedstat` counts nanoseconds; `stat`
 * would count hundredths of a second (https://docs.kernel.org/scheduler/sched-stats.html).
 */
export function cpuOf(pid: number): number {
  let nanoseconds = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    } catch {
      // A thread that ended between the two lines has nothing more to say.
    }
  }
  return nanoseconds / 1000
}

/** Memory that is resident, in kB of 1000 bytes. */
export function residentOf(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) * 1.024
}

/** The processes of this name that were started by this one, or by one of those. */
export function processesNamed(name: string, root = process.pid): number[] {
  const parents = new Map<number, { parent: number; name: string }>()
  for (const entry of readdirSync('/proc').filter(one => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      const [, comm = '', parent = ''] = /^\d+ \((.*)\) \S (\d+)/.exec(stat) ?? []
      parents.set(Number(entry), { parent: Number(parent), name: comm })
    } catch {
      // It ended while the list was read.
    }
  }
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid)?.parent
    return parent !== undefined && (parent === root || isOurs(parent))
  }
  return [...parents].filter(([pid, one]) => one.name === name && isOurs(pid)).map(([pid]) => pid)
}
