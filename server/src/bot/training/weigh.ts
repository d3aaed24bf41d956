import type { Judge } from '../match/confidence.ts'
import type { Encoder } from '../match/encoder.ts'
import { randomFrom } from '../match/random.ts'
import { INTENTS } from '../pack/pack.ts'
import { type Corpus, type Field, LANGUAGES } from './corpus.ts'
import { FOLDS, fieldOf, foldOf } from './folds.ts'
import { answerAtOf, learnJudgement, type Verdict } from './judge.ts'
import { type Asked, type Best, bestOf, play, type Visit } from './play.ts'
import { temper } from './temper.ts'
import { visitorsOf } from './visitors.ts'

const GAMES = 500
/** Games with visitors who had never seen the pack. */
const TEMPERING = 240
const SHARES = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2]
/** Numbers of texts that operators write for an entry, most often one. */
const TEXTS = [1, 1, 1, 2, 3, 5, 10]
/** Games that only count what the threshold is set by. */
const HELD_BACK = 0.25

/**
 * Learns how to weigh evidence by playing FAQs whose visitors' words the encoder has never seen, and holds the promises
 * to what comes of them with visitors who had never seen the pack.
 *
 * @param folds encoders, one a fold, each learned without its texts
 * @param encoder the one that is shipped
 */
export function weigh(corpus: Corpus, folds: Encoder[], encoder: Encoder): Judge {
  const random = randomFrom(11)
  const games = Array.from({ length: GAMES }, (_, game) => {
    const fold = game % FOLDS
    const isField = game % 3 === 2
    const visits = (isField ? playField : playPack)(corpus, fold, folds[fold]!, random)
    return { isHeldBack: isField && random() < HELD_BACK, visits }
  })
  const verdicts = (linked: boolean): Verdict[] =>
    games
      .filter(({ isHeldBack }) => !isHeldBack)
      .flatMap(({ visits }) => visits.flat())
      .filter(one => one.linked === linked)
      .map(({ verdict }) => verdict)
  const raw = {
    linked: learnJudgement(verdicts(true), random),
    foreign: learnJudgement(verdicts(false), random),
  }
  const strangers = Array.from({ length: TEMPERING }, () => playVisitors(encoder, random)).flat()
  const linked = temper(
    raw.linked,
    bestIn(strangers, raw, true).map(({ verdict }) => verdict),
  )
  const judge = { linked, foreign: raw.foreign }
  const heldBack = games.filter(({ isHeldBack }) => isHeldBack).flatMap(({ visits }) => visits)
  return {
    ...judge,
    answerAt: {
      linked: answerAtOf(bestIn(strangers, judge, true), SHARES),
      foreign: answerAtOf(bestIn(heldBack, judge, false), SHARES),
    },
  }
}

/** The likeliest candidates of visits, those that the pack knows or those that it does not. */
function bestIn(visits: readonly Visit[], judge: Pick<Judge, 'linked' | 'foreign'>, linked: boolean): Best[] {
  return visits
    .map(visit => bestOf(visit, judge))
    .filter(one => one !== undefined && one.linked === linked) as Best[]
}

/** An exchange's FAQ of one plain question an entry or a few, and visitors who had never seen the pack. */
function playVisitors(encoder: Encoder, random: () => number): Visit[] {
  const language = pick(LANGUAGES, random)
  const asked = visitorsOf(language, random() < 0.5 ? language : pick(['en', 'zh'], random))
  const entries = pick([INTENTS.length, INTENTS.length, 60, 40], random)
  return play({ asked, entries, texts: pick([1, 1, 3, 5, 8], random) }, encoder, random)
}

/** An exchange's FAQ in one language, and visitors of one language, which is the same half of the time. */
function playPack(corpus: Corpus, fold: number, encoder: Encoder, random: () => number): Visit[] {
  const visitors = pick(LANGUAGES, random)
  const faq = random() < 0.5 ? visitors : pick(['en', 'zh', 'es'], random)
  const grouped = (language: string, isStrange: boolean) =>
    groupTexts(
      corpus.asked.filter(one => one.language === language && (foldOf(one.text) === fold) === isStrange),
      label => INTENTS[label]!,
    )
  const asked: Asked = {
    faq: grouped(faq, false),
    visitors: grouped(visitors, true),
    elsewhere: corpus.background.filter(text => foldOf(text) === fold),
  }
  return play({ asked, entries: 12 + Math.floor(random() * 69), texts: pick(TEXTS, random) }, encoder, random)
}

/** An FAQ of another field, which the pack knows nothing of. */
function playField(corpus: Corpus, fold: number, encoder: Encoder, random: () => number): Visit[] {
  const known = fieldOf(fold, corpus)
  const field = pick(
    corpus.fields.filter(one => one !== known),
    random,
  )
  const others = corpus.fields.filter(one => one !== field).flatMap(({ examples }) => examples)
  const grouped = (side: number) =>
    groupTexts(
      field.examples.filter(({ text }) => foldOf(text) % 2 === side),
      label => `${field.name}${label}`,
    )
  const elsewhere = [
    ...corpus.background.filter(text => foldOf(text) === fold),
    ...others.map(({ text }) => text),
  ]
  const asked: Asked = { faq: grouped(0), visitors: grouped(1), elsewhere }
  const most = Math.min(field.classes, 20 + Math.floor(random() * 100))
  return play({ asked, entries: most, texts: pick([...TEXTS, 20, 60], random) }, encoder, random)
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
