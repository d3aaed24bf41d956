import type { EntryOption } from '@nightdesk/shared/message.ts'
import MiniSearch from 'minisearch'
import type { BotEngine, BotReply, Question } from './engine.ts'
import type { FaqEntry } from './faq.ts'
import { asksForHuman } from './human-words.ts'
import { normalise, termsOf } from './normalise.ts'

type Phrasing = { id: number; entry: FaqEntry; language: string; terms: string[] }

/**
 * The first engine: BM25+ over all phrasings (minisearch), judged by how much of the question a phrasing
 * explains. BM25 ranks well but its scores have no scale, so the bands are set on weighted term overlap
 * (Dice with inverse document frequency), which lies between 0 and 1 whatever the FAQ.
 */
const ANSWER_AT = 0.62
const OFFER_AT = 0.3
const MARGIN = 0.08
const OFFERED = 3

/**
 * What is read of a question. The search is fuzzy, so its cost grows with the length and the number of terms, and
 * it runs on the thread that everybody shares: nobody may buy seconds of it with one message.
 */
const READ_CHARACTERS = 300
const READ_TERMS = 40
const LONGEST_TERM = 24

export function searchEngine(entries: FaqEntry[]): BotEngine {
  const phrasings: Phrasing[] = []
  const exact = new Map<string, { entry: FaqEntry; language: string }[]>()
  const frequency = new Map<string, number>()
  for (const entry of entries) {
    for (const [language, { question, phrasings: others }] of entry.languages) {
      for (const text of [question, ...others]) {
        const terms = [...new Set(termsOf(text))]
        phrasings.push({ id: phrasings.length, entry, language, terms })
        const plain = normalise(text)
        exact.set(plain, [...(exact.get(plain) ?? []), { entry, language }])
        for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1)
      }
    }
  }
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: text => text.split(' '),
    processTerm: term => term,
    searchOptions: { fuzzy: term => (term.length > 4 ? 0.2 : false), prefix: term => term.length > 3 },
  })
  index.addAll(phrasings.map(({ id, terms }) => ({ id, text: terms.join(' ') })))

  const weight = (term: string) => Math.log(1 + phrasings.length / (1 + (frequency.get(term) ?? 0)))
  const byId = new Map(entries.map(entry => [entry.id, entry]))

  /** The best score of each entry for a question, best first. */
  function rank(terms: string[]): { entry: FaqEntry; score: number }[] {
    const asked = new Set(terms)
    const total = sum([...asked], weight)
    const best = new Map<FaqEntry, number>()
    for (const hit of index.search(terms.join(' ')).slice(0, 60)) {
      const phrasing = phrasings[hit.id as number]
      if (!phrasing) continue
      // The question's own terms that found something in this phrasing, typos included.
      const explained = new Set(hit.queryTerms)
      const shared = sum(
        [...explained].filter(term => asked.has(term)),
        weight,
      )
      const score = (2 * shared) / (total + sum(phrasing.terms, weight))
      if (score > (best.get(phrasing.entry) ?? 0)) best.set(phrasing.entry, Math.min(score, 1))
    }
    return [...best].map(([entry, score]) => ({ entry, score })).sort((a, b) => b.score - a.score)
  }

  return {
    reply: (question: Question): BotReply => {
      const pressed = question.entryId === undefined ? undefined : byId.get(question.entryId)
      if (pressed) return answer(pressed, question.locale)
      if (asksForHuman(question.text)) return { kind: 'human' }
      const text = Array.from(question.text).slice(0, READ_CHARACTERS).join('')
      const known = exact.get(normalise(text).slice(0, READ_CHARACTERS)) ?? []
      const [spoken = known[0]] = known.filter(({ language }) => language === question.locale)
      if (spoken) return answer(spoken.entry, spoken.language)

      const terms = [...new Set(termsOf(text))]
        .filter(term => term.length <= LONGEST_TERM)
        .slice(0, READ_TERMS)
      if (terms.length === 0) return { kind: 'unsure' }
      const ranked = rank(terms)
      const [first, second] = ranked
      if (!first || first.score < OFFER_AT) return { kind: 'unsure' }
      const clear = first.score - (second?.score ?? 0) >= MARGIN
      const language = languageOf(question)
      // One word that is in a phrasing is a hint, not a question.
      if (first.score >= ANSWER_AT && clear && terms.length > 1) return answer(first.entry, language)
      const near = ranked.filter(hit => hit.score >= OFFER_AT).slice(0, OFFERED)
      return { kind: 'offer', options: near.map(hit => option(hit.entry, language)) }
    },
    topics: locale => entries.map(entry => option(entry, locale)),
  }
}

function answer(entry: FaqEntry, locale: string): BotReply {
  const { language, question, answer: text } = inLanguage(entry, locale)
  const { id, version, reviewed } = entry
  return { kind: 'answer', text, language, entry: { id, title: question, version, reviewed } }
}

function option(entry: FaqEntry, locale: string): EntryOption {
  return { entryId: entry.id, title: inLanguage(entry, locale).question }
}

/** The wording nearest to a locale: the same tag, the same language, English, the first. */
function inLanguage(entry: FaqEntry, locale: string) {
  const base = locale.split('-')[0] ?? ''
  const tags = [...entry.languages.keys()]
  const language =
    tags.find(tag => tag === locale) ??
    tags.find(tag => tag.split('-')[0] === base) ??
    (tags.includes('en') ? 'en' : tags[0])
  const wording = language === undefined ? undefined : entry.languages.get(language)
  if (language === undefined || !wording) throw new Error(`FAQ entry ${entry.id} has no language`)
  return { language, ...wording }
}

/** Han characters are answered in Chinese whatever the page's locale: people write as they think. */
function languageOf(question: Question): string {
  return /\p{Script=Han}/u.test(question.text) &&
    !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(question.text)
    ? 'zh-Hans'
    : question.locale
}

function sum(terms: string[], weight: (term: string) => number): number {
  let total = 0
  for (const term of terms) total += weight(term)
  return total
}
