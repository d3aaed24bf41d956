import { createDuty, type Duty } from './duty.ts'
import type { Elsewhere, Live, News } from './live.ts'

/** The default: one process, so news is a function call. */
export function inProcessLive(duty: Duty = createDuty(Date.now)): Live {
  const listeners = new Set<(news: News | Elsewhere) => void>()
  const tell = (news: News | Elsewhere) => {
    for (const listener of listeners) listener(news)
  }
  return {
    publish: tell,
    hear: tell,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    join: duty.join,
    onDuty: duty.count,
    watchDuty: duty.watch,
    close: async () => {},
  }
}
