/**
 * Holds back what is told while a snapshot is on its way: news that overtakes the snapshot it belongs after
 * waits for it. What the snapshot has already, the reducer ignores.
 */
export function createHold<Tell>(apply: (tell: Tell) => void) {
  let held: Tell[] = []
  let snapshots = 0

  function hear(tell: Tell): void {
    if (snapshots > 0) held.push(tell)
    else apply(tell)
  }

  async function during(snapshot: () => Promise<void>): Promise<void> {
    snapshots += 1
    try {
      await snapshot()
    } finally {
      snapshots -= 1
      if (snapshots === 0) {
        const tells = held
        held = []
        // Heard, not applied: one of them may ask for another snapshot.
        for (const tell of tells) hear(tell)
      }
    }
  }

  return { hear, during }
}
