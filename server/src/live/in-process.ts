import type { Live, News } from './live.ts'

/** The default: one process, so news is a function call. */
export function inProcessLive(): Live {
  const listeners = new Set<(news: News) => void>()
  const dutyListeners = new Set<() => void>()
  const connections = new Map<string, number>()

  const count = (code: string, by: 1 | -1) => {
    const next = (connections.get(code) ?? 0) + by
    if (next === 0) connections.delete(code)
    else connections.set(code, next)
    for (const listener of dutyListeners) listener()
  }

  return {
    publish: news => {
      for (const listener of listeners) listener(news)
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    join: code => {
      count(code, 1)
      let left = false
      return () => {
        if (!left) count(code, -1)
        left = true
      }
    },
    onDuty: () => connections.size,
    watchDuty: listener => {
      dutyListeners.add(listener)
      return () => dutyListeners.delete(listener)
    },
  }
}
