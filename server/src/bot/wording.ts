import type { FaqEntry } from './faq.ts'
import { writtenIn } from './match/language.ts'

/** The language of a BCP 47 tag: `zh` of `zh-Hans`. */
export const baseOf = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? ''

/**
 * The wording of an entry for somebody who speaks `language`: in that language, in the page's variant of it where there
 * are several (`pt-BR`, `zh-Hant`), else English, else the first. It is never translated.
 */
export function inLanguage(entry: FaqEntry, language: string, locale: string) {
  const tags = [...entry.languages.keys()]
  const spoken = tags.filter(tag => baseOf(tag) === language)
  const tag =
    spoken.find(one => one === locale) ??
    spoken.find(one => writtenIn(one) === writtenIn(locale)) ??
    spoken[0] ??
    (tags.includes('en') ? 'en' : (tags[0] ?? 'en'))
  const wording = entry.languages.get(tag)
  if (!wording) throw new Error(`FAQ entry ${entry.id} has no language`)
  return { language: tag, ...wording }
}
