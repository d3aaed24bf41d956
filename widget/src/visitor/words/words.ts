import { en, type Words } from './en.ts'

/** The language on screen. English is built in; the others load when asked for. */
export let words: Words = en

const OTHERS: Record<string, () => Promise<Words>> = {
  zh: async () => (await import('./zh-hans.ts')).zhHans,
}

export async function setLanguage(locale: string): Promise<void> {
  const load = OTHERS[locale.split('-')[0]?.toLowerCase() ?? '']
  try {
    words = load ? await load() : en
  } catch {
    // A language that did not arrive is no reason to leave somebody without a chat.
  }
  document.documentElement.lang = words.lang
  document.documentElement.dir = 'ltr'
}

/** The reader's own habits of writing dates, where they are of the language on screen. */
function region(): string {
  const base = words.lang.split('-')[0] ?? ''
  return navigator.languages.find(tag => tag.startsWith(base)) ?? words.lang
}

const format = (options: Intl.DateTimeFormatOptions) => (at: number) =>
  new Intl.DateTimeFormat(region(), options).format(at)

export const clockTime = format({ hour: '2-digit', minute: '2-digit' })
export const dayName = format({ weekday: 'long', day: 'numeric', month: 'long' })
export const dayAndMonth = format({ day: 'numeric', month: 'long' })
