import type { VisitorId } from '@nightdesk/shared/ids.ts'

type Line = { readyState: string; once(event: 'close', act: () => void): unknown }

/**
 * Open connections of each visitor on this node. One too many is refused rather than the oldest cut: a tab that is
 * cut comes back by itself and would cut the next one, for ever.
 */
export function createSeats(perVisitor: number): { take(visitor: VisitorId, line: Line): boolean } {
  const taken = new Map<VisitorId, number>()
  return {
    take: (visitor, line) => {
      const before = taken.get(visitor) ?? 0
      // Who hung up while the door was opened needs no seat, and would never give it back.
      if (before >= perVisitor || line.readyState === 'closed') return false
      taken.set(visitor, before + 1)
      line.once('close', () => {
        const left = (taken.get(visitor) ?? 1) - 1
        if (left > 0) taken.set(visitor, left)
        else taken.delete(visitor)
      })
      return true
    },
  }
}
