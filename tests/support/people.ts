import { DESK_COOKIE } from '@nightdesk/server/identity/desk-cookie.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { type Message, plainText } from '@nightdesk/shared/message.ts'
import { type AgentAsks, type AgentTells, agentNamespace } from '@nightdesk/shared/protocol/agent.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import { type VisitorAsks, type VisitorTells, visitorNamespace } from '@nightdesk/shared/protocol/visitor.ts'
import { type Client, connectClient } from './client.ts'

/** A visitor in the words of the stories: `ada.says`, `ada.sees`. */
export type Ada = Client<VisitorAsks, VisitorTells> & {
  session: string | undefined
  /** Says something, in a new conversation if there is none yet. Answers the conversation. */
  says(text: string): Promise<ConversationId>
  asksForHuman(): Promise<void>
  /** The words of the conversation, in order. */
  sees(): Promise<string[]>
  conversation(): ConversationId
}

export type Sam = Client<AgentAsks, AgentTells> & {
  takes(id: ConversationId): Promise<void>
  replies(id: ConversationId, text: string): Promise<void>
  sees(id: ConversationId): Promise<string[]>
  inbox(): Promise<string[]>
}

/** How somebody comes: from which address, with which headers, with or without proof of work. */
export type Way = { from?: string; headers?: Record<string, string>; proves?: boolean; url?: string }

export async function visitorClient(
  origin: string,
  site: string,
  auth: { session?: string; identity?: string } = {},
  way: Way = {},
): Promise<Ada> {
  const shown = { protocol: PROTOCOL_VERSION, site, ...auth }
  const door = { url: `${origin}/visitor`, origin, auth: shown, ...way }
  const client = await connectClient(visitorNamespace, door)
  const { session, conversations } = await client.ask('session:start', {})
  let id = conversations[0]?.id
  const conversation = () => {
    if (!id) throw new Error('Ada has not said anything yet')
    return id
  }
  return {
    ...client,
    session: session ?? auth.session,
    conversation,
    says: async text => {
      if (id) await client.ask('message:send', { conversationId: id, key: newId('mk'), text })
      else {
        const page = await client.ask('conversation:start', { key: newId('mk'), text, locale: 'en' })
        id = page.conversation.id
      }
      return id
    },
    asksForHuman: async () => {
      await client.ask('human:request', { conversationId: conversation() })
    },
    sees: async () =>
      wordsOf((await client.ask('conversation:open', { conversationId: conversation() })).messages),
  }
}

export async function agentClient(origin: string, session: string): Promise<Sam> {
  const auth = { protocol: PROTOCOL_VERSION }
  const door = { url: `${origin}/agent`, origin, auth, cookie: `${DESK_COOKIE}=${session}` }
  const client = await connectClient(agentNamespace, door)
  return {
    ...client,
    takes: async conversationId => {
      await client.ask('conversation:take', { conversationId })
    },
    replies: async (conversationId, text) => {
      await client.ask('message:send', { conversationId, key: newId('mk'), text })
    },
    sees: async conversationId =>
      wordsOf((await client.ask('conversation:open', { conversationId })).messages),
    inbox: async () => (await client.ask('session:start', {})).rows.map(row => row.id),
  }
}

/** Words of people as they are, of the bot in brackets, changes of owner in angles. */
function wordsOf(messages: readonly Message[]): string[] {
  return messages.map(({ author, body }) => {
    if (body.kind === 'status') return `<${body.now.status}>`
    return author.role === 'bot' ? `[${body.kind}]` : plainText(body)
  })
}
