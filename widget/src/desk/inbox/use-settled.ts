import type { InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Group, holdOrder } from './groups.ts'

/** Lets lines move only while the pointer and the keyboard are elsewhere. */
export function useSettled(
  list: RefObject<HTMLElement | null>,
  fresh: Group[],
  rows: readonly InboxRow[],
  tab: string,
): Group[] {
  const [busy, setBusy] = useState(false)
  const settled = useRef({ tab, groups: fresh })

  useEffect(() => {
    const box = list.current
    if (!box) return
    // A finger leaves nothing behind that hovers, whatever the browser reports.
    const enter = (event: PointerEvent) => setBusy(event.pointerType !== 'touch')
    const focus = (event: FocusEvent) => (event.target as Element).matches(':focus-visible') && setBusy(true)
    const release = () => setBusy(box.matches(':hover') && matchMedia('(hover: hover)').matches)
    box.addEventListener('pointerenter', enter)
    box.addEventListener('pointerleave', release)
    box.addEventListener('focusin', focus)
    box.addEventListener('focusout', release)
    return () => {
      box.removeEventListener('pointerenter', enter)
      box.removeEventListener('pointerleave', release)
      box.removeEventListener('focusin', focus)
      box.removeEventListener('focusout', release)
    }
  }, [list])

  const held = busy && settled.current.tab === tab
  if (!held) settled.current = { tab, groups: fresh }
  return held ? holdOrder(settled.current.groups, fresh, rows) : fresh
}
