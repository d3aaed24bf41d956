import type { HeadStore } from '../store/store.ts'
import type { Live } from './live.ts'

/**
 * Looks into the store for what other nodes have written, so that nothing that the live plane loses stays
 * unknown: news comes late then, at most by `everyMs`, but it comes. Answers the function that stops it.
 */
export function watchHeads(
  store: HeadStore,
  live: Pick<Live, 'hear'>,
  everyMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let cursor: number | null = null
  let stopped = false
  let failing = false
  let looking: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    try {
      const next = await store.headsSince(cursor)
      cursor = next.cursor
      failing = false
      for (const head of next.heads) live.hear({ kind: 'head', head })
    } catch (error) {
      // The cursor stays, so the next look that succeeds finds it all.
      if (!failing && !stopped) onError(error)
      failing = true
    }
    if (!stopped) timer = setTimeout(begin, everyMs)
  }

  function begin(): void {
    looking = look()
  }
  begin()

  return async () => {
    stopped = true
    clearTimeout(timer)
    await looking
  }
}
