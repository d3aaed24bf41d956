import type { ConversationId } from '@nightdesk/shared/ids.ts'

/** News of one conversation is told in the order in which it came; conversations do not wait for each other. */
export function inTurns(onError: (error: unknown, id: ConversationId) => void) {
  const turns = new Map<ConversationId, Promise<void>>()
  return (id: ConversationId, work: () => Promise<void>): void => {
    const turn = (turns.get(id) ?? Promise.resolve())
      .then(work)
      .catch(error => onError(error, id))
      .finally(() => {
        if (turns.get(id) === turn) turns.delete(id)
      })
    turns.set(id, turn)
  }
}
