import type { Conversation, ConversationState } from '@nightdesk/shared/conversation.ts'
import { agentOf, stateOf } from '@nightdesk/shared/conversation.ts'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { ConversationId, MessageKey } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import type { Append, Appended, Draft } from '../store.ts'
import { sinceOf, toConversation, toMessage } from './rows.ts'
import type { Dialect, Outcome, Sql, Value } from './sql.ts'

const MESSAGE = ['conversation_id', 'seq', 'id', 'sent_at', 'role', 'author', 'kind', 'body', 'key']
const ADVANCED = ['id', 'last_seq']
const CHANGED = [...ADVANCED, 'epoch', 'status', 'since', 'agent_code', 'state']

export type AppendTask = { id: ConversationId; at: number } & Append

/**
 * Appends that share a transaction: what they need is read at once, each is decided in turn on what the ones
 * before it left, and what they add is written at once. A refused one writes nothing and hinders nobody.
 */
export function* appendAll(dialect: Dialect, tasks: readonly AppendTask[]): Sql<Outcome<Appended>[]> {
  const conversations = yield* lockedConversations(dialect, tasks)
  const stored = yield* storedKeys(dialect, tasks)
  const messages: Message[] = []
  const advanced = new Set<ConversationId>()
  const changed = new Set<ConversationId>()

  function append({ id, at, guard, decide, keyed }: AppendTask): Appended {
    const conversation = conversations.get(id)
    if (!conversation) throw new ChatError('NOT_FOUND')
    guard?.(conversation)
    const message = keyed && stored.get(nameOf(id, keyed.key))
    if (message) {
      assertSame(message, keyed)
      return { conversation, added: [], message }
    }
    const { state, drafts } = decide(conversation)
    if (!state && drafts.length === 0) return { conversation, added: [], message: undefined }
    const added = drafts.map((draft, index) => newMessage(id, conversation.lastSeq + index + 1, at, draft))
    const next = advance(conversation, conversation.lastSeq + added.length, state)
    conversations.set(id, next)
    if (state) changed.add(id)
    else advanced.add(id)
    messages.push(...added)
    for (const one of added) if (one.key) stored.set(nameOf(id, one.key), one)
    return { conversation: next, added, message: added[0] }
  }

  const outcomes = tasks.map(task => {
    try {
      return { value: append(task) }
    } catch (error) {
      return { error }
    }
  })
  yield* insertMessages(dialect, messages)
  // Most appends change no owner, and so touch no index of the conversation.
  const rows = [...conversations.values()]
  const [moved, grown] = [rows.filter(one => changed.has(one.id)), rows.filter(isGrown)]
  if (grown.length > 0) yield* dialect.update('conversations', ADVANCED, grown.map(advancedRow))
  if (moved.length > 0) yield* dialect.update('conversations', CHANGED, moved.map(changedRow))
  return outcomes

  function isGrown({ id }: Conversation): boolean {
    return advanced.has(id) && !changed.has(id)
  }
}

/** Writes messages whose conversations are held by this transaction. */
export function* insertMessages(dialect: Dialect, messages: readonly Message[]): Sql<void> {
  if (messages.length === 0) return
  yield* dialect.insert('messages', MESSAGE, messages.map(messageRow))
}

export function newMessage(id: ConversationId, seq: number, at: number, draft: Draft): Message {
  return {
    id: newId('ms'),
    conversationId: id,
    seq,
    sentAt: at,
    author: draft.author,
    body: draft.body,
    ...(draft.key ? { key: draft.key } : {}),
  }
}

/** G2: the same key is the same message for ever, so other words under it are refused. */
export function assertSame(stored: Message, draft: Draft): void {
  const same =
    JSON.stringify(stored.author) === JSON.stringify(draft.author) &&
    JSON.stringify(stored.body) === JSON.stringify(draft.body)
  if (!same) throw new ChatError('KEY_REUSED')
}

const nameOf = (id: ConversationId, key: MessageKey) => `${id} ${key}`

function* lockedConversations(dialect: Dialect, tasks: readonly AppendTask[]) {
  // In one order everywhere, so that two nodes never wait for each other.
  const ids = [...new Set(tasks.map(task => task.id))].sort()
  const rows = yield* dialect.find(
    'conversations',
    ['id'],
    ids.map(id => [id]),
    'lock',
  )
  return new Map(rows.map(toConversation).map(one => [one.id, one]))
}

function* storedKeys(dialect: Dialect, tasks: readonly AppendTask[]) {
  const keys = tasks.flatMap(({ id, keyed }) => (keyed ? [[id, keyed.key]] : []))
  const rows = keys.length > 0 ? yield* dialect.find('messages', ['conversation_id', 'key'], keys) : []
  return new Map(
    rows.map(row => {
      const message = toMessage(row)
      return [nameOf(message.conversationId, row.key as MessageKey), message]
    }),
  )
}

function advance(from: Conversation, lastSeq: number, state: ConversationState | undefined): Conversation {
  if (!state) return { ...from, lastSeq }
  const { id, siteId, visitorId, locale, startedAt, readByVisitor, readByDesk } = from
  const epoch = from.epoch + 1
  return { id, siteId, visitorId, locale, startedAt, readByVisitor, readByDesk, lastSeq, epoch, ...state }
}

const advancedRow = (one: Conversation): Value[] => [one.id, one.lastSeq]

function changedRow(one: Conversation): Value[] {
  const [owner, since] = [agentOf(one)?.code ?? null, sinceOf(one, one.startedAt)]
  return [...advancedRow(one), one.epoch, one.status, since, owner, JSON.stringify(stateOf(one))]
}

function messageRow({ conversationId, seq, id, sentAt, author, body, key }: Message): Value[] {
  const [who, what] = [JSON.stringify(author), JSON.stringify(body)]
  return [conversationId, seq, id, sentAt, author.role, who, body.kind, what, key ?? null]
}
