import type { Conversation } from '@nightdesk/shared/conversation.ts'
import { transition } from '@nightdesk/shared/conversation.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { MessageKey } from '@nightdesk/shared/ids.ts'
import type { Body, Message } from '@nightdesk/shared/message.ts'
import type { BotReply } from '../bot/engine.ts'
import type { Parts } from '../parts.ts'
import type { Decision } from '../store/store.ts'
import { botWords } from './bot-words.ts'
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

async function takeTurn(parts: Parts, asked: Conversation, message: Message): Promise<void> {
  if (asked.status !== 'bot' || message.body.kind !== 'text') return
  const { text, entryId } = message.body
  const question = { text, locale: asked.locale, ...(entryId === undefined ? {} : { entryId }) }
  const decision = decide(asked, parts.bot(asked.siteId).reply(question), parts.now())
  const [draft] = decision.drafts
  if (!draft) return
  const key = `mk_${message.id.slice('ms_'.length)}` as MessageKey
  const keyed = { ...draft, key }
  await record(parts, asked.id, {
    decide: current => {
      if (current.status !== 'bot' || current.epoch !== asked.epoch) return { drafts: [] }
      return { ...decision, drafts: [keyed] }
    },
    keyed,
  })
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

function decide(conversation: Conversation, reply: BotReply, at: number): Decision {
  const author = { role: 'bot' } as const
  if (reply.kind === 'human') {
    const state = transition(conversation, { do: 'askForHuman', reason: 'asked', at })
    return state ? { state, drafts: [{ author, body: { kind: 'status', now: state } }] } : { drafts: [] }
  }
  return { drafts: [{ author, body: bodyOf(reply, conversation.locale) }] }
}

function bodyOf(reply: Exclude<BotReply, { kind: 'human' }>, locale: string): Body {
  const words = botWords(locale)
  switch (reply.kind) {
    case 'answer':
      return { kind: 'answer', text: reply.text, entry: reply.entry, language: reply.language }
    case 'offer':
      return { kind: 'offer', text: words.offer, options: reply.options }
    case 'unsure':
      return { kind: 'offer', text: words.unsure, options: [] }
  }
}
