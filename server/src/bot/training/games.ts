import type { Encoder } from '../match/encoder.ts'
import { shuffle } from '../match/random.ts'
import { INTENTS } from '../pack/pack.ts'
import { type Corpus, type Field, LANGUAGES } from './corpus.ts'
import { ENTRIES, entryOf } from './entries.ts'
import { fieldOf, foldOf, halfOf } from './folds.ts'
import { type Asked, play, type Visit } from './play.ts'
import { visitorsOf } from './visitors.ts'

/** Numbers of texts that operators write for an entry, most often one. */
const TEXTS = [1, 1, 1, 2, 3, 5, 10]
const STRANGE_TEXTS = [...TEXTS, 20, 60]
/** The share of FAQs for visitors who had never seen the pack that have entries which the pack does not know. */
const WITH_OTHERS = 0.3

/**
 * An exchange's FAQ of one plain question an entry or a few, and visitors who had never seen the pack. Some FAQs have
 * entries that are its own, of a field that the shipped encoder knows: they are there to compete, not to be judged.
 */
export function playVisitors(corpus: Corpus, encoder: Encoder, random: () => number): Visit[] {
  const language = pick(LANGUAGES, random)
  const asked = visitorsOf(language, writtenIn(language, random))
  const texts = pick([1, 1, 3, 5, 8], random)
  if (random() < WITH_OTHERS) {
    const theirs = strange(pick(corpus.fields, random))
    return playBoth(asked, theirs, texts, encoder, random)
  }
  const entries = pick([ENTRIES.length, ENTRIES.length, 60, 40], random)
  return play({ asked, entries, texts: () => texts }, encoder, random)
}

/** An exchange's FAQ, which the pack knows all of. */
export function playPack(corpus: Corpus, fold: number, encoder: Encoder, random: () => number): Visit[] {
  const texts = pick(TEXTS, random)
  const entries = 12 + Math.floor(random() * (ENTRIES.length - 12))
  return play({ asked: exchange(corpus, fold, random), entries, texts: () => texts }, encoder, random)
}

/** An FAQ of another field, which the pack knows nothing of. */
export function playField(corpus: Corpus, fold: number, encoder: Encoder, random: () => number): Visit[] {
  const field = strangeField(corpus, fold)
  const texts = pick(STRANGE_TEXTS, random)
  const entries = Math.min(field.classes, 20 + Math.floor(random() * 100))
  return play({ asked: strange(field, fold), entries, texts: () => texts }, encoder, random)
}

/** An exchange's FAQ with entries that are its own, of which the pack knows nothing. */
export function playMixed(corpus: Corpus, fold: number, encoder: Encoder, random: () => number): Visit[] {
  const theirs = strange(strangeField(corpus, fold), fold)
  const ours = { ...exchange(corpus, fold, random), elsewhere: theirs.elsewhere }
  return playBoth(ours, theirs, pick(TEXTS, random), encoder, random)
}

function playBoth(
  ours: Asked,
  theirs: Asked,
  ourTexts: number,
  encoder: Encoder,
  random: () => number,
): Visit[] {
  const some = new Set(shuffle([...theirs.faq.keys()], random).slice(0, pick([5, 10, 20, 40], random)))
  const ofSome = <T>(texts: Map<string, T>) => [...texts].filter(([id]) => some.has(id))
  const asked: Asked = {
    faq: new Map([...ours.faq, ...ofSome(theirs.faq)]),
    visitors: new Map([...ours.visitors, ...ofSome(theirs.visitors)]),
    elsewhere: ours.elsewhere,
  }
  const theirTexts = pick(STRANGE_TEXTS, random)
  const texts = (id: string) => (some.has(id) ? theirTexts : ourTexts)
  const entries = Math.floor((0.3 + 0.7 * random()) * asked.faq.size)
  return play({ asked, entries, texts }, encoder, random)
}

function exchange(corpus: Corpus, fold: number, random: () => number): Asked {
  const language = pick(LANGUAGES, random)
  // Half of the operators write what the encoder has learned, the others what it has never seen.
  const isUnseen = random() < 0.5
  const grouped = (of: string, isOurs: (text: string) => boolean) =>
    groupTexts(
      corpus.asked.filter(one => one.language === of && isOurs(one.text)),
      label => entryOf(INTENTS[label]!),
    )
  const isStrange = (text: string) => foldOf(text) === fold
  const ofOperator = (text: string) => (isUnseen ? isStrange(text) && halfOf(text) === 0 : !isStrange(text))
  const ofVisitors = (text: string) => isStrange(text) && (!isUnseen || halfOf(text) === 1)
  const texts = new Map(LANGUAGES.map(one => [one, grouped(one, ofOperator)]))
  const languagesOf = writtenIn(language, random)
  const faq = ENTRIES.map((id): [string, string[][]] => [
    id,
    languagesOf().map(one => texts.get(one)?.get(id) ?? []),
  ])
  return {
    faq: new Map(faq),
    visitors: grouped(language, ofVisitors),
    elsewhere: corpus.background.filter(isStrange),
  }
}

/**
 * In which languages an operator writes each entry. Nearly half of the FAQs are in the visitor's language, some in one that
 * many write, a third in several; of those, more than half have only some of their entries in the languages beyond the first.
 */
function writtenIn(visitor: string, random: () => number): () => string[] {
  const kind = random()
  if (kind < 0.45) return () => [visitor]
  if (kind < 0.65) return always([pick(MAIN, random)])
  const count = 2 + Math.floor(random() ** 2 * (LANGUAGES.length - 1))
  if (kind < 0.8) return always(shuffle([...LANGUAGES], random).slice(0, count))
  const first = shuffle([...MAIN], random).slice(0, 1 + Math.floor(2 * random()))
  const share = 0.2 + 0.5 * random()
  const rest = LANGUAGES.filter(language => !first.includes(language))
  return () => (random() < share ? [...first, ...rest] : first)
}

const MAIN = ['en', 'zh', 'es']
const always = (languages: string[]) => () => languages

const strangeField = (corpus: Corpus, fold: number): Field =>
  corpus.fields.find(field => field !== fieldOf(fold, corpus))!

/** A field's FAQ and its visitors. With a fold, what the FAQ does not answer is of that fold alone. */
function strange(field: Field, fold?: number): Asked {
  const grouped = (side: number) =>
    groupTexts(
      field.examples.filter(({ text }) => foldOf(text) % 2 === side),
      label => `${field.name}${label}`,
    )
  const elsewhere = field.elsewhere.filter(text => fold === undefined || foldOf(text) === fold)
  const faq = new Map(Array.from(grouped(0), ([id, texts]) => [id, [texts]]))
  return { faq, visitors: grouped(1), elsewhere }
}

function groupTexts(examples: Field['examples'], name: (label: number) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { text, label } of examples) {
    const group = groups.get(name(label))
    if (group) group.push(text)
    else groups.set(name(label), [text])
  }
  return groups
}

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!
