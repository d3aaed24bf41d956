import { randomText } from '@nightdesk/shared/ids.ts'
import { createClient } from 'redis'
import { createDuty } from './duty.ts'
import { inProcessLive } from './in-process.ts'
import type { Elsewhere, Live } from './live.ts'
import { abroad, type Packet, readPacket } from './wire.ts'

const CHANNEL = 'nightdesk:news'
/** How often a node says who is with it, and how long it is believed. */
const SAID_EVERY_MS = 3000
const BELIEVED_MS = 10_000
/** While we hear nobody, the last we heard of them stands for so long. */
const BELIEVED_DEAF_MS = 60_000

export type RedisConnection = ReturnType<typeof openRedis>

/**
 * A connection that comes back by itself. It makes nobody wait: what cannot be sent now fails now, unless `queue`
 * keeps it for later.
 */
export function openRedis(url: string, onError: (error: unknown) => void, { queue = false } = {}) {
  const client = createClient({
    url,
    disableOfflineQueue: !queue,
    commandsQueueMaxLength: 10_000,
    pingInterval: 5000,
    socket: {
      connectTimeout: 2000,
      socketTimeout: 15_000,
      reconnectStrategy: retries => Math.min(100 * 2 ** Math.min(retries, 5), 2000) * (0.5 + Math.random()),
    },
  })
  let broken = false
  client.on('error', error => {
    // Once for each time that it breaks, not once for each attempt.
    if (!broken) onError(error)
    broken = true
  })
  client.on('ready', () => {
    broken = false
  })
  return client
}

/**
 * News between nodes over Redis publish and subscribe. What goes over the wire is where to look, gathered for a
 * turn of the event loop; a packet that is lost is made up for by `watchHeads`.
 */
export function redisLive(
  url: string,
  onError: (error: unknown) => void,
  now: () => number = Date.now,
): Live {
  const node = randomText(16)
  const duty = createDuty(now)
  const local = inProcessLive(duty)
  const sender = openRedis(url, onError)
  const receiver = openRedis(url, onError, { queue: true })
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
    if (packet.duty) duty.note(packet.node, packet.duty, now() + BELIEVED_MS)
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
  for (const client of [sender, receiver]) client.connect().catch(() => {})
  receiver.subscribe(CHANNEL, hear).catch(() => {})

  return {
    ...local,
    publish: news => {
      local.publish(news)
      if (waiting.length === 0) setImmediate(flush)
      waiting.push(abroad(news))
    },
    close: async () => {
      clearInterval(timer)
      stopWatching()
      if (sender.isReady)
        await sender.publish(CHANNEL, JSON.stringify({ node, news: [], duty: [] })).catch(() => {})
      for (const client of [sender, receiver]) client.destroy()
    },
  }
}
