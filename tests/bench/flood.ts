import { parseArgs } from 'node:util'
import { quantile, runFlood } from './flood-run.ts'
import { runSlowReaders } from './slow-readers.ts'

/**
 * `pnpm flood [--rate 2000] [--seconds 60] [--addresses 50] [--people 500]`: dials and slow readers against a server
 * with honest people beside it. A table of what it came to; exit code 1 when a goal was missed.
 */
const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '60' },
    addresses: { type: 'string', default: '50' },
    people: { type: 'string', default: '500' },
  },
})
const [rate, seconds, addresses, people] = [values.rate, values.seconds, values.addresses, values.people].map(
  Number,
) as [number, number, number, number]

let missed = 0
function line(what: string, value: number, unit: string, goal?: number): void {
  const held = goal === undefined || value <= goal
  if (!held) missed++
  const verdict = goal === undefined ? '' : `goal ${goal}  ${held ? 'held' : 'MISSED'}`
  console.log(`${what.padEnd(52)}${value.toFixed(0).padStart(8)} ${unit.padEnd(8)}${verdict}`)
}

const flood = await runFlood({ rate, seconds, addresses, people })
console.log(
  `${rate} dials a second from ${addresses} addresses for ${seconds} s, ${people} honest people beside it`,
)
for (const [what, count] of Object.entries(flood.flood)) line(`  flood: ${what}`, count, '')
line('send to ack, p95 before', quantile(flood.before, 0.95), 'ms')
line('send to ack, p50 during', quantile(flood.during, 0.5), 'ms')
line('send to ack, p95 during', quantile(flood.during, 0.95), 'ms', 300)
line('send to ack, p99 during', quantile(flood.during, 0.99), 'ms')
line('gone and back, p95 during (300-1000 ms are the wait)', quantile(flood.back, 0.95), 'ms')
line('sent by honest people', flood.end.sent, '')
line('not accepted', flood.end.sent - flood.end.acked, '', 0)
line('accepted and lost', flood.end.missing, '', 0)
line('honest asks refused', flood.refusedHonest.length, '')
line('late answers end after the flood', flood.recovered, 'ms', 5000)
line('server memory before', flood.rss.before, 'MB')
line('server memory, most', flood.rss.most, 'MB', 600)
line('server processor during', flood.cpu * 100, '%')

const slow = await runSlowReaders({ readers: 20, seconds: 20, bytesPerSecond: 10_000_000 })
console.log('\n20 readers that do not read, 10 MB/s')
line('told to each', slow.told, 'messages')
line('not cut', slow.readers - slow.cut, '', 0)
line('server memory, more', slow.grown, 'MB', 100)
line('missing after coming back by seq', slow.missing, '', 0)
process.exit(missed > 0 ? 1 : 0)
