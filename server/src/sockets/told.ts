import type { ConversationId } from '@nightdesk/shared/ids.ts'

/** Of so many conversations this node knows what it has told. */
const REMEMBERED = 50_000

type Seqs = { first: number; last: number }

/** Which messages of each conversation this node has told, from when it first heard of it; the oldest are forgotten. */
export function createTold(remembered = REMEMBERED) {
  const told = new Map<ConversationId, Seqs>()

  return {
    of: (id: ConversationId): Seqs | undefined => told.get(id),
    add: (id: ConversationId, { first, last }: Seqs): void => {
      const before = told.get(id)
      told.delete(id)
      told.set(id, {
        first: Math.min(first, before?.first ?? first),
        last: Math.max(last, before?.last ?? last),
      })
      if (told.size > remembered) told.delete(told.keys().next().value as ConversationId)
    },
  }
}
