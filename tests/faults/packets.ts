import { execFileSync, spawnSync } from 'node:child_process'
import { need } from '@nightdesk/demo/services/need.ts'

/**
 * Faults of packets, in a network namespace of our own: TCP itself meets them, with its retransmissions and
 * windows. Delay is not among them where the kernel has no `sch_netem`; the proxy adds it.
 */
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })

/** Why a network of our own cannot be had here. */
export function ownNetworkImpossible(): string | undefined {
  const { status } = spawnSync('unshare', ['-n', 'true'], { stdio: 'ignore' })
  return status === 0 ? undefined : 'a network namespace needs root'
}

/** Brings the loopback of a new namespace up. */
export function openOwnNetwork(): void {
  need('ip', ['iproute2'])
  need('nft', ['nftables'])
  run('ip', 'link', 'set', 'lo', 'up')
}

/** Drops a share of what clients send to a port (`up`) or are sent from it (`down`). */
export function dropPackets(port: number, direction: 'up' | 'down', share = 1): void {
  run('nft', 'add table inet faults')
  run('nft', 'add chain inet faults in { type filter hook input priority 0; }')
  const match = `tcp ${direction === 'up' ? 'dport' : 'sport'} ${port}`
  const some = share < 1 ? `numgen random mod 100 < ${Math.round(share * 100)}` : ''
  run('nft', `add rule inet faults in ${match} ${some} drop`)
}

/** Lets everything from and to a port share one narrow line. */
export function limitRate(port: number, rate: string): void {
  const tc = (text: string) => run('tc', ...text.split(' '))
  tc('qdisc add dev lo root handle 1: htb default 10 r2q 1000')
  tc('class add dev lo parent 1: classid 1:10 htb rate 10gbit')
  tc(`class add dev lo parent 1: classid 1:20 htb rate ${rate} quantum 1500`)
  for (const side of ['sport', 'dport']) {
    tc(`filter add dev lo parent 1: protocol ip u32 match ip ${side} ${port} 0xffff flowid 1:20`)
  }
}

export function restorePackets(): void {
  spawnSync('nft', ['flush ruleset'], { stdio: 'ignore' })
  spawnSync('tc', ['qdisc', 'del', 'dev', 'lo', 'root'], { stdio: 'ignore' })
}
