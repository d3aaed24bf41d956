import type { EntryOption } from '@nightdesk/shared/message.ts'

/** What the server wrote into the page for us. It is our own origin, so it is believed. */
export type SiteData = {
  id: string
  name: string
  origins: string[]
  locale: string
  /** Whether unsent words may be kept on the visitor's disk. */
  outbox: boolean
  topics: Record<string, EntryOption[]>
}

export function readSite(): SiteData {
  return JSON.parse(document.getElementById('site')?.textContent ?? '{}')
}
