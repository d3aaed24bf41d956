import { createClient } from 'redis'
import { bucketScript } from './redis-limits.ts'

export type RedisConnection = ReturnType<typeof openRedis>

/**
 * A connection that comes back by itself. It makes nobody wait: what cannot be sent now fails now, unless `queue`
 * keeps it for later.
 */
export function openRedis(url: string, onError: (error: unknown) => void, { queue = false } = {}) {
  const client = createClient({
    url,
    scripts: { bucket: bucketScript },
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
