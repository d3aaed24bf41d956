import { randomText } from '@nightdesk/shared/ids.ts'
import { createDuty } from './duty.ts'
import { inProcessLive } from './in-process.ts'
import type { Elsewhere, Live } from './live.ts'
import type { RedisConnection } from './redis-connection.ts'
import { abroad, type Packet, readPacket } from './wire.ts'

const CHANNEL = 'nightdesk:news'
/** How often a node says who is with it, and how long it is believed. */
const SAID_EVERY_MS = 3000
const BELIEVED_MS = 10_000
/** While we hear nobody, the last we heard of them stands for so long. */
const BELIEVED_DEAF_MS = 60_000

/**
 * News between nodes over Redis publish and subscribe. What goes over the wire is where to look, gathered for a
 * turn of the event loop; a packet that is lost is made up for by `watchHeads`.
 *
 * @param receiver a connection of its own: one that has subscribed can do nothing else
 * @param now epoch milliseconds
 */
export function redisLive(
  sender: RedisConnection,
  receiver: RedisConnection,
  now: () => number,
): Live & { nodes(): number } {
  const node = randomText(16)
  const duty = createDuty(now)
  const local = inProcessLive(duty)
  let waiting: Elsewhere[] = []
  let isDeaf = true

  function send(packet: Omit<Packet, 'node'>): void {
    if (sender.isReady) sender.publish(CHANNEL, JSON.stringify({ node, ...packet })).catch(() => {})
  }

  function flush(): void {
    const news = waiting
    waiting = []
    send({ news })
  }

  function hear(text: string): void {
    const packet = readPacket(text)
    if (!packet || packet.node === node) return
    if (packet.leaves) duty.forget(packet.node)
    else if (packet.duty) duty.note(packet.node, packet.duty, now() + BELIEVED_MS)
    if (packet.asks) sayDuty()
    for (const news of packet.news) local.hear(news)
  }

  const sayDuty = () => send({ news: [], duty: duty.here() })
  let said = ''
  const stopWatching = duty.watch(() => {
    const here = duty.here().join()
    if (here !== said) sayDuty()
    said = here
  })

  receiver.on('ready', () => {
    isDeaf = false
    send({ news: [], duty: duty.here(), asks: true })
  })
  receiver.on('error', () => {
    if (!isDeaf) duty.believe(BELIEVED_DEAF_MS)
    isDeaf = true
  })
  const timer = setInterval(() => {
    sayDuty()
    duty.sweep()
  }, SAID_EVERY_MS)
  timer.unref()
  receiver.subscribe(CHANNEL, hear).catch(() => {})

  return {
    ...local,
    nodes: duty.nodes,
    publish: news => {
      local.publish(news)
      if (waiting.length === 0) setImmediate(flush)
      waiting.push(abroad(news))
    },
    close: async () => {
      clearInterval(timer)
      stopWatching()
      const farewell: Packet = { node, news: [], leaves: true }
      if (sender.isReady) await sender.publish(CHANNEL, JSON.stringify(farewell)).catch(() => {})
      for (const client of [sender, receiver]) client.destroy()
    },
  }
}
