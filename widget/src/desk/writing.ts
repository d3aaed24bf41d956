import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Signal } from '@preact/signals'

const SILENT_AFTER_MS = 6000

/** Who is writing: said once, believed until the words come or six seconds of silence. */
export function createWriting(writing: Signal<ReadonlySet<ConversationId>>) {
  const timers = new Map<ConversationId, ReturnType<typeof setTimeout>>()

  function stop(id: ConversationId): void {
    clearTimeout(timers.get(id))
    if (!timers.delete(id)) return
    writing.value = new Set(timers.keys())
  }

  return {
    start: (id: ConversationId) => {
      clearTimeout(timers.get(id))
      timers.set(
        id,
        setTimeout(() => stop(id), SILENT_AFTER_MS),
      )
      writing.value = new Set(timers.keys())
    },
    stop,
  }
}
