import type { Conversation, ConversationState, HandoffReason } from '@nightdesk/shared/conversation.ts'
import { transition } from '@nightdesk/shared/conversation.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { MessageKey } from '@nightdesk/shared/ids.ts'
import type { Body, Message } from '@nightdesk/shared/message.ts'
import type { BotReply } from '../bot/engine.ts'
import type { Parts } from '../parts.ts'
import type { Decision } from '../store/store.ts'
import { botWords } from './bot-words.ts'
import { isSecondMiss, questionOf } from './misses.ts'
import { record } from './record.ts'

/** The visitor's words were accepted, so the bot's wait for a store that is away: as long as a failover takes. */
const TRY_AGAIN_MS = 500
const TRIES = 120

/**
 * The bot answers one message of the visitor, if it still owns the conversation when the answer is stored:
 * the epoch fences off an answer that comes after a person took over. Its key is made from the message it
 * answers, so that no crash and no second node can answer twice.
 */
export async function botTurn(parts: Parts, asked: Conversation, message: Message): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await takeTurn(parts, asked, message)
    } catch (error) {
      const code = error instanceof ChatError ? error.code : 'INTERNAL'
      // Another process answered this message with other words; its answer stands.
      if (code === 'KEY_REUSED') return
      if (code !== 'STORE_UNAVAILABLE' || tries === TRIES) return parts.onError(error, asked.id)
    }
    await new Promise(resolve => setTimeout(resolve, TRY_AGAIN_MS).unref())
  }
}

/** So much of what was said before is looked at: the last words of the bot, and what did not help. */
const REMEMBERED = 12

async function takeTurn(parts: Parts, asked: Conversation, message: Message): Promise<void> {
  if (asked.status !== 'bot' || message.body.kind === 'status') return
  const isRating = message.body.kind === 'rating'
  // Read only where it matters: most answers follow from the words alone.
  const earlier = () => saidBefore(parts, message)
  const question = questionOf(message, isRating ? await earlier() : [], asked.locale)
  if (!question) return
  const reply = parts.bot(asked.siteId).reply(question)
  const mayMiss = reply.kind === 'offer' || reply.kind === 'unsure' || isRating
  const isMissedAgain = mayMiss && isSecondMiss(message, await earlier())
  const { state, bodies } = decide(asked, message, reply, isMissedAgain, parts.now())
  const [first, ...others] = bodies.map(one => ({ author: { role: 'bot' } as const, body: one }))
  if (!first) return
  const keyed = { ...first, key: `mk_${message.id.slice('ms_'.length)}` as MessageKey }
  await record(parts, asked.id, {
    decide: (current): Decision => {
      if (current.status !== 'bot' || current.epoch !== asked.epoch) return { drafts: [] }
      return { ...(state ? { state } : {}), drafts: [keyed, ...others] }
    },
    keyed,
  })
}

async function saidBefore(parts: Parts, { conversationId, seq }: Message): Promise<readonly Message[]> {
  const page = await parts.store.page(conversationId, { before: seq }, REMEMBERED)
  return page?.messages ?? []
}

/** More words of a visitor than this in a row are not answered one by one. */
const RESUMED = 20

/** Gives the turns that a crash cut off: all that the visitor said after the last word of anybody else. */
export async function resumeBotTurns(parts: Parts): Promise<void> {
  for (const conversation of await parts.store.unanswered()) await resumeBotTurn(parts, conversation)
}

async function resumeBotTurn(parts: Parts, { id }: Conversation): Promise<void> {
  const page = await parts.store.page(id, 'latest', RESUMED)
  if (!page) return
  const spoken = page.messages.findLastIndex(
    ({ author, body }) => author.role !== 'visitor' || body.kind === 'status',
  )
  for (const message of page.messages.slice(spoken + 1)) {
    // Each turn may hand over, after which the next ones are a person's.
    const now = await parts.store.conversation(id)
    if (now) await botTurn(parts, now, message)
  }
}

/**
 * Words that come again were perhaps stored by a node that died, or lost its database, before the bot answered
 * them. What the bot has answered it does not answer again: its key is that of the message.
 */
export function resumeIfUnanswered(parts: Parts, conversation: Conversation, seq: number): void {
  if (conversation.status !== 'bot' || conversation.lastSeq > seq) return
  resumeBotTurn(parts, conversation).catch(error => parts.onError(error, conversation.id))
}

type Said = { state?: ConversationState | undefined; bodies: Body[] }

/** What the bot says, and whether it calls a person, in one. */
function decide(
  conversation: Conversation,
  message: Message,
  reply: BotReply,
  isMissedAgain: boolean,
  at: number,
): Said {
  const words = botWords(reply.language)
  const said = (text: string): Body => ({ kind: 'text', text })
  const called = (reason: HandoffReason, ...bodies: Body[]): Said => {
    const state = transition(conversation, { do: 'askForHuman', reason, at })
    return { state, bodies: state ? [...bodies, { kind: 'status', now: state }] : bodies }
  }
  if (reply.kind === 'human') {
    return reply.reason === 'asked' ? called('asked') : called(reply.reason, said(words.calling))
  }
  if (reply.kind === 'courtesy') return { bodies: [said(words.listening)] }
  if (isMissedAgain) return called('unsure', said(words.calling))
  const isAgain = message.body.kind === 'rating'
  if (reply.kind === 'answer' && isAgain) {
    // The next guess after an answer that did not help is offered, not asserted.
    const { id, title } = reply.entry
    return { bodies: [offer(words.again, [{ entryId: id, title }])] }
  }
  if (reply.kind === 'answer') {
    const answer = answerBody(reply, words.fallback)
    return reply.handOver ? called(reply.handOver, answer, said(words.calling)) : { bodies: [answer] }
  }
  if (reply.kind === 'unsure') return { bodies: [offer(words.unsure, [])] }
  return { bodies: [offer(isAgain ? words.again : words.offer, reply.options)] }
}

type Offer = Extract<Body, { kind: 'offer' }>
const offer = (text: string, options: Offer['options']): Offer => ({ kind: 'offer', text, options })

function answerBody(reply: Extract<BotReply, { kind: 'answer' }>, fallback: string): Body {
  const { text, entry, answerLanguage, confidence, language } = reply
  const base = answerLanguage.split('-')[0] ?? ''
  // "There is none in your language. Here is the English one": the second sentence only where it is true.
  const note = base === 'en' ? fallback : fallback.split(/(?<=[.。])/)[0]
  return {
    kind: 'answer',
    text,
    entry,
    language: answerLanguage,
    confidence,
    ...(base !== language && note ? { note } : {}),
  }
}
