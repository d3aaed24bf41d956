import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { useEffect, useRef } from 'preact/hooks'
import { isNarrow } from './use-narrow.ts'

/**
 * Where one pane shows at a time, the focus goes along: to the conversation's head, and back to its line.
 *
 * @param kind what the conversation pane shows; a pane that was replaced took the focus with it.
 */
export function usePaneFocus(selected: ConversationId | null, kind: string): void {
  const before = useRef({ selected, kind })
  useEffect(() => {
    const left = before.current
    before.current = { selected, kind }
    const moved = left.selected !== selected
    const lost = left.kind !== kind && document.activeElement === document.body
    if (!isNarrow() || !(moved || lost)) return
    const target = selected ? '.conv .back' : `.item[data-id="${left.selected}"]`
    document.querySelector<HTMLElement>(target)?.focus()
  }, [selected, kind])
}
