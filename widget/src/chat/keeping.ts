import { isOver, type Outbox, type Unsent } from './outbox.ts'

export type Wiring = {
  /** Whose words are kept together: the site's id, or `desk`. */
  name: string
  outbox: Outbox
  /** Told whether what is unsent lives only as long as this page. */
  onMemory: (memory: boolean) => void
  /** Told of what was written here before this page was loaded. */
  onRestored: (items: readonly Unsent[]) => void
}

const GOES_WITHIN_MS = 2000

/**
 * When the outbox is kept on disk. The code for it loads once there is a connection, so that nobody waits for it;
 * what was written before it came is kept as soon as it is there.
 */
export function createKeeping(wiring: Wiring, allowed: boolean) {
  const { name, onMemory } = wiring
  let loaded = !allowed
  let own: ((proof: string | null) => void) | undefined
  let known: string | null | undefined

  async function load(): Promise<void> {
    if (loaded) return
    loaded = true
    try {
      const { createKeeper } = await import('./kept/keeper.ts')
      own = createKeeper(wiring, isOver)
      if (known !== undefined) own(known)
    } catch {
      loaded = false
      onMemory(true)
    }
  }

  if (!allowed) {
    onMemory(true)
    void forgetKept(name)
  }

  return {
    /** Called once there is a connection, and whenever something is written. */
    load,
    /** Says who is in front of the screen: a signed identity, `null` for a guest, an agent's code. */
    own: (proof: string | null): void => {
      known = proof
      own?.(proof)
    },
  }
}

/** Leaves nothing on this device: no words and no key (S-5). Other tabs let go when they hear of it. */
export async function forgetKept(name: string): Promise<void> {
  try {
    await new Promise(done => {
      const gone = indexedDB.deleteDatabase(`nightdesk:${name}`)
      gone.onsuccess = gone.onerror = done
      setTimeout(done, GOES_WITHIN_MS)
    })
  } catch {
    // Storage that is blocked has nothing to forget.
  }
}
