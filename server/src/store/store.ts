import type { AgentCard } from '@nightdesk/shared/agent-card.ts'
import type { Conversation, ConversationState, Status } from '@nightdesk/shared/conversation.ts'
import type { AgentId, ConversationId, MessageKey, VisitorId } from '@nightdesk/shared/ids.ts'
import type { Author, Body, Message, Rating } from '@nightdesk/shared/message.ts'

/**
 * The store holds the truth. Every promise that answers a write is kept only after the transaction is
 * committed and flushed to disk (G1). `store-contract.ts` is the suite that every store passes.
 */
export interface Store extends ConversationStore, HeadStore, VisitorStore, AgentStore {
  close(): Promise<void>
}

/** A message before it has an id, a seq and a time. */
export type Draft = { author: Author; body: Body; key?: MessageKey }

/** What a decision makes of a conversation: perhaps a new owner, and the messages that tell of it. */
export type Decision = { state?: ConversationState; drafts: Draft[] }

/**
 * Reads the conversation as it is inside the transaction and says what becomes of it. It must be pure and
 * synchronous; a ChatError thrown here refuses the whole append and nothing is written.
 */
export type Decide = (conversation: Conversation) => Decision

/** What is done to a conversation, all inside one transaction. */
export type Append = {
  /** Refuses those who may not write here at all, before anything else is looked at. */
  guard?: (conversation: Conversation) => void
  decide: Decide
  /**
   * Makes it idempotent (G2): the same key and body answers the stored message without a new decision; the same
   * key with another body throws KEY_REUSED.
   */
  keyed?: Draft & { key: MessageKey }
}

/**
 * The conversation after the commit, and what was added. A repeated key adds nothing: `message` is then the
 * one that was stored the first time.
 */
export type Appended = { conversation: Conversation; added: Message[]; message: Message | undefined }

export type Started = { conversation: Conversation; added: Message[]; repeated: boolean }

/** Half-open pages over one conversation; `after` ascends from a seq, `before` ends below one. */
export type Range = { after: number } | { before: number } | 'latest'

export type StoredPage = { conversation: Conversation; messages: Message[]; more: boolean }

/** `last` is never a status; for the desk it is the last word of a person, the bot's left out. */
export type ConversationWithLast = { conversation: Conversation; last: Message | null; unread: number }

export type Start = {
  siteId: string
  visitorId: VisitorId
  locale: string
  draft: Draft & { key: MessageKey }
  at: number
}

export interface ConversationStore {
  /**
   * Creates a conversation with its first message. The same key of the same visitor gives the same one. Throws
   * SESSION_INVALID when the visitor has become another one meanwhile.
   */
  start(start: Start): Promise<Started>
  /** The only way a conversation changes. Throws NOT_FOUND, and what guard and decision throw. */
  append(id: ConversationId, at: number, append: Append): Promise<Appended>
  /** Moves a read mark forward, at most to the last seq. Answers the mark and what is left unread. */
  markRead(
    id: ConversationId,
    by: 'visitor' | 'desk',
    seq: number,
  ): Promise<{ conversation: Conversation; seq: number; unread: number; moved: boolean }>
  conversation(id: ConversationId): Promise<Conversation | undefined>
  /** A page of messages in ascending order and the conversation of the same moment. */
  page(id: ConversationId, range: Range, limit: number): Promise<StoredPage | undefined>
  /** All conversations of a visitor, latest first, at most `limit`; `unread` counts for the visitor. */
  conversationsOf(visitorId: VisitorId, limit: number): Promise<ConversationWithLast[]>
  /** Who waits, in service order. */
  waiting(siteId: string): Promise<Conversation[]>
  /** Queued and open ones, and those that this agent closed since `closedSince`; `unread` counts for the desk. */
  inbox(agent: AgentCard, closedSince: number): Promise<ConversationWithLast[]>
  /** One conversation with its last words and what that side has not read, all of one moment. */
  overview(id: ConversationId, side: 'visitor' | 'desk'): Promise<ConversationWithLast | undefined>
  /** Whether the agent owns an open conversation of this visitor. */
  serves(agent: AgentCard, visitorId: VisitorId): Promise<boolean>
  /** Conversations of the bot whose last words are the visitor's: turns that a crash cut off. */
  unanswered(): Promise<Conversation[]>
  /**
   * What visitors of a site said of the bot's answers, latest first, at most `limit`: of each visitor at most three, of
   * an entry the last one.
   */
  ratings(siteId: string, limit: number): Promise<Rating[]>
}

/** Whom news of a conversation concerns. */
export type Address = {
  conversationId: ConversationId
  visitorId: VisitorId
  status: Status
  /** Who owns it, or owned it last. */
  agentCode: string | null
}

/** What another node may have written: the messages `first` to `last` of a conversation. */
export type Head = Address & {
  first: number
  last: number
  /** Whether its owner changes with them. */
  movesOwner: boolean
}

export interface HeadStore {
  /**
   * What was committed since a cursor, by anybody, ourselves included; some of it perhaps again. Without a cursor
   * it answers only where to begin.
   */
  headsSince(cursor: number | null): Promise<{ cursor: number; heads: Head[] }>
  messagesIn(
    ranges: readonly Pick<Head, 'conversationId' | 'first' | 'last'>[],
  ): Promise<{ conversation: Conversation; messages: Message[] }[]>
}

export type Visitor = {
  id: VisitorId
  siteId: string
  /** The exchange's own id of a verified customer; `null` for an anonymous visitor. */
  externalId: string | null
  name: string | null
  locale: string
  createdAt: number
  /** Identities that were signed before are worth nothing; 0 while the exchange has never logged them out. */
  loggedOutAt: number
}

export interface VisitorStore {
  visitor(id: VisitorId): Promise<Visitor | undefined>
  /** Finds or makes the visitor whom the exchange calls `externalId`; the name follows the exchange's. */
  verifiedVisitor(v: {
    siteId: string
    externalId: string
    name: string | null
    locale: string
    at: number
  }): Promise<Visitor>
  /** Makes an anonymous visitor whose browser holds the token with this hash. */
  newAnonymousVisitor(v: { siteId: string; locale: string; tokenHash: string; at: number }): Promise<Visitor>
  visitorBySession(siteId: string, tokenHash: string): Promise<Visitor | undefined>
  /** Moves the conversations of one browser's anonymous visitor to the verified one and ends its session. */
  adopt(anonymous: VisitorId, verified: VisitorId, at: number): Promise<ConversationId[]>
  /** Ends every identity of a customer that was signed before `at`. Answers whose it was. */
  logOut(siteId: string, externalId: string, at: number): Promise<VisitorId | undefined>
  /** Who was logged out, or adopted, at or after a moment. */
  goneSince(at: number): Promise<{ id: VisitorId; at: number }[]>
}

export type Agent = AgentCard & { id: AgentId; email: string; passwordHash: string | null; active: boolean }

export interface AgentStore {
  agents(): Promise<Agent[]>
  agent(id: AgentId): Promise<Agent | undefined>
  agentByEmail(email: string): Promise<Agent | undefined>
  /** Adds an agent with the next free code. Throws when the e-mail is taken. */
  addAgent(agent: { email: string; name: string; at: number }): Promise<Agent>
  /** An agent who is not active cannot sign in; their sessions and links end at once. */
  setActive(id: AgentId, active: boolean): Promise<void>
  /** Ends every session but the one to keep. */
  setPassword(id: AgentId, passwordHash: string, keep?: string): Promise<void>
  addSignInLink(link: { tokenHash: string; agentId: AgentId; expiresAt: number }): Promise<void>
  /** Uses a link up. Answers its agent, or nothing when it is unknown, used or expired. */
  useSignInLink(tokenHash: string, at: number): Promise<Agent | undefined>
  /**
   * Answers whether it was made: not for an agent who is not active, nor for one whose password has become another
   * than `passwordHash`, by which they had shown who they are.
   */
  addDeskSession(session: {
    tokenHash: string
    agentId: AgentId
    passwordHash?: string | null
    at: number
    expiresAt: number
  }): Promise<boolean>
  /** The agent of a live session and when it ends. */
  agentBySession(tokenHash: string, at: number): Promise<{ agent: Agent; expiresAt: number } | undefined>
  /** Which of these sessions still hold. */
  deskSessionsOf(tokenHashes: readonly string[], at: number): Promise<Set<string>>
  endDeskSession(tokenHash: string): Promise<void>
}
