import type { Parts } from '@nightdesk/server/parts.ts'
import type { Decide, Store } from '@nightdesk/server/store/store.ts'

/** Points at which a server of the fault runs dies or dawdles by itself; named by the environment. */
export const KILL_POINTS = ['in-commit', 'before-ack', 'before-fan-out'] as const
type Failpoint = (typeof KILL_POINTS)[number] | 'slow-flush'

/** About how many writes a server lives through before it dies at its point. */
const ONE_IN = 60
const SLOW_FLUSH_MS = 200

const die = () => process.kill(process.pid, 'SIGKILL')
const isHit = () => Math.random() < 1 / ONE_IN

export function failing(point: string | undefined, parts: Parts): Parts {
  const { store, live } = parts
  switch (point as Failpoint | undefined) {
    case 'in-commit':
      return { ...parts, store: deciding(store, () => void (isHit() && die())) }
    case 'before-ack':
      return { ...parts, store: diesAfterCommit(store) }
    case 'before-fan-out':
      return {
        ...parts,
        live: {
          ...live,
          publish: news => {
            // The answer is given time to leave; the news is not told any more.
            if (news.kind === 'changed' && isHit()) setTimeout(die, 5)
            else live.publish(news)
          },
        },
      }
    case 'slow-flush':
      return { ...parts, store: slow(store) }
    case undefined:
      return parts
  }
}

/** The decision is taken inside the transaction, in every store. */
function deciding(store: Store, act: () => void): Store {
  const acting =
    (decide: Decide): Decide =>
    conversation => {
      act()
      return decide(conversation)
    }
  return {
    ...store,
    append: (id, at, append) => store.append(id, at, { ...append, decide: acting(append.decide) }),
  }
}

function diesAfterCommit(store: Store): Store {
  return {
    ...store,
    append: async (id, at, append) => {
      const appended = await store.append(id, at, append)
      if (isHit()) {
        die()
        await new Promise(() => undefined)
      }
      return appended
    },
  }
}

/** A disk that takes its time: once for all writes of one turn, as one flush serves them all. */
function slow(store: Store): Store {
  let hasWaited = false
  return deciding(store, () => {
    if (hasWaited) return
    hasWaited = true
    setImmediate(() => {
      hasWaited = false
    })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_FLUSH_MS)
  })
}
