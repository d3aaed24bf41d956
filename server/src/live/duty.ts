/** Who of the agents is present: here by their connections, elsewhere by what the other nodes say. */
export function createDuty(now: () => number) {
  const listeners = new Set<() => void>()
  const connections = new Map<string, number>()
  const elsewhere = new Map<string, { codes: readonly string[]; until: number }>()

  const changed = () => {
    for (const listener of listeners) listener()
  }
  const count = (code: string, by: 1 | -1) => {
    const next = (connections.get(code) ?? 0) + by
    if (next === 0) connections.delete(code)
    else connections.set(code, next)
    changed()
  }

  return {
    join: (code: string): (() => void) => {
      count(code, 1)
      let left = false
      return () => {
        if (!left) count(code, -1)
        left = true
      }
    },
    here: (): string[] => [...connections.keys()],
    /** What a node said of itself, good until a moment in epoch milliseconds. */
    note: (node: string, codes: readonly string[], until: number): void => {
      elsewhere.set(node, { codes, until })
      changed()
    },
    forget: (node: string): void => {
      elsewhere.delete(node)
      changed()
    },
    /** How many nodes there are, this one among them. */
    nodes: (): number => elsewhere.size + 1,
    /** While nobody is heard, what was last said stands for so many milliseconds more. */
    believe: (forMs: number): void => {
      for (const node of elsewhere.values()) node.until = now() + forMs
    },
    /** Forgets nodes that have fallen silent. */
    sweep: (): void => {
      const before = elsewhere.size
      for (const [node, { until }] of elsewhere) if (until < now()) elsewhere.delete(node)
      if (elsewhere.size < before) changed()
    },
    count: (): number =>
      new Set([...connections.keys(), ...[...elsewhere.values()].flatMap(node => node.codes)]).size,
    watch: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type Duty = ReturnType<typeof createDuty>
