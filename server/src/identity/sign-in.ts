import { ChatError } from '@nightdesk/shared/errors.ts'
import { textLength } from '@nightdesk/shared/message.ts'
import type { Agent, AgentStore } from '../store/store.ts'
import { hashPassword, hashToken, newToken, PASSWORD_MIN, verifyPassword } from './secrets.ts'

const HOUR = 3_600_000
const LINK_LASTS = 24 * HOUR
const SESSION_LASTS = 12 * HOUR

/** How agents come in. There is no default password: the first way in is always a one-time link. */
export type DeskSession = { agent: Agent; expiresAt: number; id: string }

export type SignIn = {
  /** A one-time link's token for an agent; good for 24 hours. */
  invite(agent: Agent): Promise<string>
  withLink(token: string): Promise<string>
  withPassword(email: string, password: string): Promise<string>
  /** Who is signed in with a token, until when, and the name under which the session may be ended. */
  session(token: string | undefined): Promise<DeskSession | undefined>
  /** Ends a session and every connection that was made with it. */
  signOut(token: string): Promise<void>
  /** Ends every session of the agent but the one in which it is chosen. */
  choosePassword(session: DeskSession, password: string): Promise<void>
}

export function createSignIn(parts: {
  store: AgentStore
  secretKey: string
  now: () => number
  onSignedOut?: (session: string) => void
}): SignIn {
  const { store, secretKey, now } = parts
  const hash = (token: string) => hashToken(secretKey, token)

  /** Nothing for an agent who was disabled, or chose another password, while they came in. */
  async function newSession({ id, passwordHash }: Agent): Promise<string | undefined> {
    const token = newToken()
    const at = now()
    const session = { tokenHash: hash(token), agentId: id, passwordHash, at, expiresAt: at + SESSION_LASTS }
    return (await store.addDeskSession(session)) ? token : undefined
  }

  return {
    invite: async agent => {
      const token = newToken()
      await store.addSignInLink({ tokenHash: hash(token), agentId: agent.id, expiresAt: now() + LINK_LASTS })
      return token
    },
    withLink: async token => {
      const agent = await store.useSignInLink(hash(token), now())
      const session = agent && (await newSession(agent))
      if (!session) throw new ChatError('LINK_INVALID')
      return session
    },
    withPassword: async (email, password) => {
      const agent = await store.agentByEmail(email.trim().toLowerCase())
      const right = await verifyPassword(password, agent?.passwordHash ?? null)
      const session = agent?.active && right && (await newSession(agent))
      if (!session) throw new ChatError('SIGN_IN_FAILED')
      return session
    },
    session: async token => {
      const found = token ? await store.agentBySession(hash(token), now()) : undefined
      return found && { ...found, id: hash(token ?? '') }
    },
    signOut: async token => {
      await store.endDeskSession(hash(token))
      parts.onSignedOut?.(hash(token))
    },
    choosePassword: async ({ agent, id }, password) => {
      if (textLength(password) < PASSWORD_MIN) throw new ChatError('PASSWORD_WEAK', { field: 'password' })
      await store.setPassword(agent.id, await hashPassword(password), id)
    },
  }
}
