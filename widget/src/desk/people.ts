import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'

/** What the desk calls a visitor: the proven name, else "Guest" and three characters to tell guests apart. */
export function nameOf(visitor: { name: string | null }, id: ConversationId): string {
  return visitor.name ?? `Guest ${id.replace(/[-_]/g, '').slice(-3).toUpperCase()}`
}

export const isMe = (agent: AgentCard | null, code: string): boolean => agent?.code === code

const languages = new Intl.DisplayNames(['en'], { type: 'language' })

/** "English" for `en`; the tag itself where the browser knows no name for it. */
export function languageName(locale: string): string {
  try {
    return languages.of(locale) ?? locale
  } catch {
    return locale
  }
}

/** `zh` of `zh-Hans-CN`, as a tag in a list. */
export function languageTag(locale: string): string {
  return locale.split('-')[0]?.toLowerCase() ?? locale
}

/** Enough of an id to name it to a colleague. */
export const shortId = (id: ConversationId): string => id.slice(0, 7)
