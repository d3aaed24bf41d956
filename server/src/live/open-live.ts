import { inProcessLive } from './in-process.ts'
import type { Live } from './live.ts'
import { redisLive } from './redis.ts'

/** @param url `redis://…`, or nothing where one process is all there is */
export function openLive(url: string | undefined, onError: (error: unknown) => void): Live {
  return url === undefined ? inProcessLive() : redisLive(url, onError)
}
