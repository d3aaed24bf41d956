import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import { inboxOf } from '@nightdesk/shared/view/desk-view.ts'
import { useEffect, useRef } from 'preact/hooks'
import type { Shown } from './conversation/shown.ts'
import { groupsOf } from './inbox/groups.ts'
import { useKeys } from './keys.ts'
import { isMe } from './people.ts'
import { goTo, type Tab } from './place.ts'
import type { Wishes } from './wishes.ts'

type Situation = {
  shown: Shown
  /** The line of the inbox that is current. */
  current: ConversationId | null
  tab: Tab
  rows: readonly InboxRow[]
  code: string
  wishes: Wishes
  onCustomer: () => void
  onKeys: () => void
}

/** What the keys of `KeysDialog.tsx` do. */
export function useDeskKeys({
  shown,
  current,
  tab,
  rows,
  code,
  wishes,
  onCustomer,
  onKeys,
}: Situation): void {
  // Fast fingers ask for the reply before the conversation is here.
  const replySoon = useRef(false)
  useEffect(() => {
    if (replySoon.current && focusReply()) replySoon.current = false
  }, [shown.kind])

  function step(by: 1 | -1): void {
    const { mine, queue } = inboxOf(rows, code)
    // From an empty list the next conversation is the first that waits for anybody.
    const from = tab === 'mine' && mine.length === 0 && queue.length > 0 ? 'queue' : tab
    const ids = groupsOf(from, rows, code).flatMap(group => group.rows.map(row => row.id))
    const at = current ? ids.indexOf(current) : -1
    const next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by]
    if (from !== tab) goTo({ tab: from })
    if (next) wishes.select(next)
  }

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    l: () => {
      replySoon.current = !focusReply() && shown.kind === 'fetching'
    },
    e: () => {
      if (shown.kind !== 'thread') return
      const { id, state } = shown.thread.conversation
      if (state.status === 'open' && isMe(state.agent, code)) wishes.close(id)
    },
    i: () => {
      // Where the pane stands beside the conversation there is nothing to open; the key leads into it.
      const button = document.querySelector<HTMLElement>('.drawer-button')
      if (button?.checkVisibility()) onCustomer()
      else document.getElementById('customer')?.focus()
    },
    '?': onKeys,
  })
}

/** To where the agent writes, or to the button that must come first. Answers whether there is either. */
function focusReply(): boolean {
  const target = document.getElementById('reply') ?? document.getElementById('take')
  target?.focus()
  return target !== null
}
