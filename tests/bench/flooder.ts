import { rawSocket } from './raw-socket.ts'

/**
 * A process of its own that dials: PORT, RATE dials a second, SECONDS, ADDRESSES 127.0.0.2 and up. Who gets in goes as
 * far as the server lets a guest go, and stays until it is cut. Prints one line of JSON.
 */
const [port = 0, rate = 0, seconds = 0, addresses = 0] = process.argv.slice(2).map(Number)
const TICK_MS = 10
/** Lines that nobody answers; a flooder has limits too. */
const MOST_OPEN = 12_000
const GUEST = `40/visitor,${JSON.stringify({ protocol: 1, site: 'st_demo' })}`

const count = { dials: 0, refused: 0, upgraded: 0, broken: 0, admitted: 0, proofs: 0 }
let open = 0

function dial(): void {
  const from = `127.0.0.${2 + (count.dials % addresses)}`
  count.dials++
  open++
  const socket = rawSocket({
    port,
    from,
    onAnswer: status => {
      if (status === 101) {
        count.upgraded++
        // Half of them say who they are at once; the others keep silent until they are cut.
        if (count.upgraded % 2) socket.send(GUEST)
        return
      }
      if (status === 429) count.refused++
      else count.broken++
      socket.close()
    },
    onPacket: packet => {
      if (packet.startsWith('40/visitor')) count.admitted++
      if (packet.includes('PROOF_NEEDED')) {
        count.proofs++
        socket.close()
      }
    },
    onClose: () => {
      open--
    },
  })
}

const started = performance.now()
const timer = setInterval(() => {
  const due = Math.min(((performance.now() - started) / 1000) * rate, seconds * rate)
  while (count.dials < due && open < MOST_OPEN) dial()
  if (performance.now() - started < seconds * 1000) return
  clearInterval(timer)
  console.log(JSON.stringify(count))
  process.exit(0)
}, TICK_MS)
