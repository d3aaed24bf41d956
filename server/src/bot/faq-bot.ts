import type { HandoffReason } from '@nightdesk/shared/conversation.ts'
import type { EntryOption } from '@nightdesk/shared/message.ts'
import type { BotEngine, BotReply, Question } from './engine.ts'
import type { FaqEntry } from './faq.ts'
import { asksForHuman } from './human-words.ts'
import type { Knowledge } from './knowledge.ts'
import { answerFrom, type Threshold } from './match/confidence.ts'
import { languageOf } from './match/language.ts'
import type { Match } from './match/types.ts'
import { INTENTS } from './pack/pack.ts'
import { believed, shiftOf } from './ratings.ts'
import { baseOf, inLanguage } from './wording.ts'

/** Intents for which a person is called at once, whatever is answered. */
const CALLS: Partial<Record<string, HandoffReason>> = {
  human: 'asked',
  complaint: 'complaint',
  account_hacked: 'urgent',
  self_harm: 'urgent',
  legal_deadline: 'urgent',
}
/** From this chance of such an intent on: somebody in danger is not asked twice. */
const CALL_AT = 0.5

/** Buttons for a guess: as many, each with at least such a chance, together with at least such a one. */
const OFFERED = 3
const OFFER_EACH = 0.02
const OFFER_TOGETHER = 0.12
/** After an answer that did not help: beside the next best one, those at least a tenth as likely. */
const NEXT_AT_LEAST = 0.1

export type Thresholds = { linked: readonly Threshold[]; foreign: readonly Threshold[] }

/**
 * The FAQ bot. It answers where at most `allowedWrong` of such answers are wrong, offers up to three entries where it
 * is less sure, and else says that it does not know.
 *
 * @param knows asked at each question, so that an FAQ may change while people ask
 */
export function faqBot(knows: () => Knowledge, thresholds: Thresholds, allowedWrong: number): BotEngine {
  const answerAt = {
    linked: answerFrom(thresholds.linked, allowedWrong),
    foreign: answerFrom(thresholds.foreign, allowedWrong),
  }
  let shift = 0

  function reply(question: Question): BotReply {
    const { entries, matcher } = knows()
    const page = baseOf(question.locale)
    const language = languageOf(question.text, page) ?? page
    const byId = (id: string) => entries.find(entry => entry.id === id)
    const linksOf = (id: string) => matcher.links.find(link => link.id === id)?.intents ?? []
    const answer = (entry: FaqEntry, confidence: number): BotReply => {
      const wording = inLanguage(entry, language, question.locale)
      const { id, version, reviewed } = entry
      const handOver = linksOf(id)
        .map(intent => CALLS[intent])
        .find(reason => reason !== undefined)
      return {
        kind: 'answer',
        language,
        text: wording.answer,
        answerLanguage: wording.language,
        entry: { id, title: wording.question, version, reviewed },
        confidence: Math.round(confidence * 1000) / 1000,
        ...(handOver ? { handOver } : {}),
      }
    }

    const pressed = question.entryId === undefined ? undefined : byId(question.entryId)
    if (pressed) return answer(pressed, 1)
    if (asksForHuman(question.text)) return { kind: 'human', language, reason: 'asked' }
    const { matches, intents } = matcher.read(question.text)
    const rejected = new Set(question.rejected)
    const found = matches
      .filter(({ id }) => !rejected.has(id))
      .map(match => ({ ...match, confidence: believed(match.confidence, shift) }))
    const [best] = found
    const entry = best && byId(best.id)
    if (entry && best.isExact) return answer(entry, best.confidence)
    const called = callFor(intents)
    if (called) {
      const own = entries.find(entry => linksOf(entry.id).includes(called.intent))
      if (own && called.reason !== 'asked') return answer(own, called.chance)
      return { kind: 'human', language, reason: called.reason }
    }
    if (entry && isEnough(best)) return answer(entry, best.confidence)
    const near = rejected.size > 0 ? nextTo(found) : likely(found)
    if (near.length === 0) return { kind: 'unsure', language }
    return { kind: 'offer', language, options: near.flatMap(({ id }) => optionOf(byId(id), language)) }
  }

  const isEnough = ({ isLinked, confidence }: Match): boolean =>
    confidence >= (isLinked ? answerAt.linked : answerAt.foreign)

  return {
    reply,
    topics: locale => knows().entries.flatMap(entry => optionOf(entry, baseOf(locale), locale)),
    learn: ratings => {
      shift = shiftOf(ratings)
    },
  }
}

/** Worth a guess: each of them likely enough, and all of them together. */
function likely(found: readonly Match[]): readonly Match[] {
  const near = found.filter(({ confidence }) => confidence >= OFFER_EACH).slice(0, OFFERED)
  const together = near.reduce((sum, { confidence }) => sum + confidence, 0)
  return together >= OFFER_TOGETHER ? near : []
}

/** What else it may be, once the likeliest was wrong: however unlikely that seemed, it is something. */
function nextTo(found: readonly Match[]): readonly Match[] {
  const least = (found[0]?.confidence ?? 0) * NEXT_AT_LEAST
  return found.filter(({ confidence }) => confidence >= least).slice(0, OFFERED)
}

function optionOf(entry: FaqEntry | undefined, language: string, locale = language): EntryOption[] {
  return entry ? [{ entryId: entry.id, title: inLanguage(entry, language, locale).question }] : []
}

/** The likeliest of the intents for which a person is called, where it is likely enough. */
function callFor(
  intents: Float64Array,
): { intent: string; reason: HandoffReason; chance: number } | undefined {
  return Object.entries(CALLS)
    .flatMap(([intent, reason]) => {
      const chance = intents[INTENTS.indexOf(intent)] ?? 0
      return reason && chance >= CALL_AT ? [{ intent, reason, chance }] : []
    })
    .sort((a, b) => b.chance - a.chance)[0]
}
