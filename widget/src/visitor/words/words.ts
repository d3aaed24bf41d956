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

const format = (options: Intl.DateTimeFormatOptions) => (at: number) =>
  new Intl.DateTimeFormat(words.lang, options).format(at)

export const clockTime = format({ hour: '2-digit', minute: '2-digit' })
export const dayName = format({ weekday: 'long', day: 'numeric', month: 'long' })
export const dayAndMonth = format({ day: 'numeric', month: 'long' })
