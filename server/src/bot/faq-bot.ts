import type { HandoffReason } from '@nightdesk/shared/conversation.ts'
import type { EntryOption } from '@nightdesk/shared/message.ts'
import { asksWhen, type Call, callIn, DENIED } from './calls.ts'
import type { BotEngine, BotReply, Question } from './engine.ts'
import type { FaqEntry } from './faq.ts'
import { asksForHuman } from './human-words.ts'
import type { Knowledge } from './knowledge.ts'
import { clausesOf, isCourtesy, READ } from './match/clauses.ts'
import type { Judge } from './match/confidence.ts'
import { languageOf } from './match/language.ts'
import type { Match } from './match/types.ts'
import { deniedIn } from './negations.ts'
import { shiftOf } from './ratings.ts'
import { chanceOf, sureEnough } from './sure-enough.ts'
import { baseOf, inLanguage } from './wording.ts'

/** The share of wrong answers that is allowed where the operator has not said otherwise. */
export const ALLOWED_WRONG = 0.05

/** Buttons for a guess: as many, each with at least such a chance, together with at least such a one. */
const OFFERED = 3
const OFFER_EACH = 0.015
const OFFER_TOGETHER = 0.12
/** After an answer that did not help: beside the next best one, those at least a tenth as likely. */
const NEXT_AT_LEAST = 0.1

/** In which language somebody writes, and which the page has. */
type Speech = { language: string; locale: string }

/**
 * The FAQ bot. It answers where at most `allowedWrong` of such answers are wrong, offers up to three entries where it
 * is less sure, and else says that it does not know.
 *
 * @param knows asked at each question, so that an FAQ may change while people ask
 */
export function faqBot(
  knows: () => Knowledge,
  thresholds: Judge['answerAt'],
  allowedWrong: number,
): BotEngine {
  const isSureEnough = sureEnough(thresholds, allowedWrong)
  let shift = 0

  function reply(question: Question): BotReply {
    const known = knows()
    const text = question.text.slice(0, READ)
    const page = baseOf(question.locale)
    const speech = { language: languageOf(text, page) ?? page, locale: question.locale }
    const { language } = speech
    const pressed = question.entryId === undefined ? undefined : known.byId.get(question.entryId)
    if (pressed) return answerWith(known, pressed, speech, 1)
    if (asksForHuman(text)) return { kind: 'human', language, reason: 'asked' }
    if (isCourtesy(text)) return { kind: 'courtesy', language }
    return replyTo(known, text, speech, question.rejected)
  }

  function replyTo(
    known: Knowledge,
    text: string,
    speech: Speech,
    rejected: readonly string[] = [],
  ): BotReply {
    const { matches, intents } = known.matcher.read(text)
    const denied = clausesOf(text).flatMap(deniedIn)
    const isDenied = (id: string) => denied.some(intent => known.byIntent.get(intent)?.id === id)
    const found = matches.filter(({ id }) => !rejected.includes(id) && !isDenied(id))
    const [best] = found
    const exact = best?.isExact ? known.byId.get(best.id) : undefined
    if (best && exact) return told(answerWith(known, exact, speech, best.confidence), intents)
    const call = callIn(known.matcher, text, intents, denied)
    if (!call) {
      const guessed = guess(known, found, speech, rejected)
      return guessed ? told(guessed, intents) : { kind: 'unsure', language: speech.language }
    }
    if (call !== DENIED) return replyToCall(known, call, speech)
    // Somebody says that it is not that for which a person would be called: what else it is, or that we listen.
    const others = found.filter(({ id }) => !known.calls.has(id))
    return guess(known, others, speech) ?? { kind: 'courtesy', language: speech.language }
  }

  /** Calls a person, beside the answer where there is one. */
  function replyToCall(known: Knowledge, call: Call, speech: Speech): BotReply {
    const { intent, reason, chance } = call
    const own = reason === 'asked' ? undefined : known.byIntent.get(intent)
    if (!own) return { kind: 'human', language: speech.language, reason }
    return { ...answerWith(known, own, speech, chance), handOver: reason }
  }

  /** The answer, or what it may be; nothing where that is anybody's guess. */
  function guess(
    known: Knowledge,
    found: readonly Match[],
    speech: Speech,
    rejected: readonly string[] = [],
  ): BotReply | undefined {
    const [best] = found
    const entry = best && known.byId.get(best.id)
    if (entry && isSureEnough(best, shift)) return answerWith(known, entry, speech, best.confidence)
    // Nobody is asked whether they think of ending their life, as one guess among others.
    const guesses = found.filter(({ id }) => !known.neverOffered.has(id))
    const near = rejected.length > 0 ? nextTo(guesses) : likely(guesses, shift)
    return near.length > 0 ? offerOf(known, near, speech) : undefined
  }

  return {
    reply,
    topics: locale => knows().entries.flatMap(entry => optionOf(entry, { language: baseOf(locale), locale })),
    learn: ratings => {
      shift = shiftOf(ratings)
    },
  }
}

/** Who only asks when somebody is there is told, not connected. */
function told(reply: BotReply, intents: Float64Array): BotReply {
  if (reply.kind !== 'answer' || reply.handOver !== 'asked' || !asksWhen(intents)) return reply
  const { handOver, ...answer } = reply
  return answer
}

/** The entry's answer, as the bot promises it before anybody has rated anything. */
function answerWith(known: Knowledge, entry: FaqEntry, { language, locale }: Speech, chance: number) {
  const wording = inLanguage(entry, language, locale)
  const { id, version, reviewed } = entry
  const handOver: HandoffReason | undefined = known.calls.get(id)
  return {
    kind: 'answer' as const,
    language,
    text: wording.answer,
    answerLanguage: wording.language,
    entry: { id, title: wording.question, version, reviewed },
    confidence: Math.round(chance * 1000) / 1000,
    ...(handOver ? { handOver } : {}),
  }
}

function offerOf(known: Knowledge, near: readonly Match[], speech: Speech): BotReply {
  const options = near.flatMap(({ id }) => optionOf(known.byId.get(id), speech))
  return { kind: 'offer', language: speech.language, options }
}

/** Worth a guess: each of them likely enough, and all of them together. */
function likely(found: readonly Match[], shift: number): readonly Match[] {
  const near = found.filter(match => chanceOf(match, shift) >= OFFER_EACH).slice(0, OFFERED)
  const together = near.reduce((sum, match) => sum + chanceOf(match, shift), 0)
  return together >= OFFER_TOGETHER ? near : []
}

/** What else it may be, once the likeliest was wrong: however unlikely that seemed, it is something. */
function nextTo(found: readonly Match[]): readonly Match[] {
  const least = (found[0]?.confidence ?? 0) * NEXT_AT_LEAST
  return found.filter(({ confidence }) => confidence >= least).slice(0, OFFERED)
}

function optionOf(entry: FaqEntry | undefined, { language, locale }: Speech): EntryOption[] {
  return entry ? [{ entryId: entry.id, title: inLanguage(entry, language, locale).question }] : []
}
