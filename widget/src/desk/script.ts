/**
 * The language to name to the browser for a text, where its script tells: it picks the right shapes for Han
 * characters, the right voice to read with, and the room that the script needs. Latin text names none.
 */
export function scriptOf(text: string, locale: string): string | undefined {
  const own = (languages: string[]) => languages.find(one => locale.toLowerCase().startsWith(one)) && locale
  if (/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text)) return own(['ja']) || 'ja'
  if (/\p{sc=Hangul}/u.test(text)) return own(['ko']) || 'ko'
  if (/\p{sc=Han}/u.test(text)) return own(['zh', 'ja']) || 'zh'
  if (/\p{sc=Arabic}/u.test(text)) return own(['ar', 'fa', 'ur']) || 'ar'
  return undefined
}
