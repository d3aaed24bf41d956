import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { idPattern } from '@nightdesk/shared/ids.ts'
import { signal } from '@preact/signals'

export type Tab = 'mine' | 'queue' | 'all'

/** Where the agent is. `tab` is null until somebody chose one. */
export type Place = { tab: Tab | null; selected: ConversationId | null }

const TABS: readonly string[] = ['mine', 'queue', 'all'] satisfies Tab[]

/** The place as the address has it (`#queue/cv_…`): a reload stays here, Back leaves a conversation. */
export const place = signal<Place>(readPlace())

/** Opening a conversation is a step that Back undoes; everything else is the same step elsewhere. */
export function goTo(next: Partial<Place>): void {
  const before = place.value
  const after = { ...before, ...next }
  place.value = after
  const hash = `#${after.tab ?? 'mine'}${after.selected ? `/${after.selected}` : ''}`
  if (hash === location.hash) return
  if (before.selected === null && after.selected !== null) history.pushState('opened', '', hash)
  else history.replaceState(history.state, '', hash)
}

/** Back to the list, by the same way as the browser's Back where there is one. */
export function leave(): void {
  if (history.state === 'opened') history.back()
  else goTo({ selected: null })
}

function readPlace(): Place {
  const [tab, id] = location.hash.slice(1).split('/')
  return {
    tab: tab && TABS.includes(tab) ? (tab as Tab) : null,
    selected: id && idPattern('cv').test(id) ? (id as ConversationId) : null,
  }
}

// Tabs are no steps: going back leaves the tab as it is. A sign-in link is no place at all.
addEventListener('popstate', () => {
  if (!location.hash.startsWith('#link=')) goTo({ selected: readPlace().selected })
})
