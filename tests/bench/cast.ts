import { DESK_COOKIE } from '@nightdesk/server/identity/desk-cookie.ts'
import { hashToken, newToken } from '@nightdesk/server/identity/secrets.ts'
import type { Agent, Store, Visitor } from '@nightdesk/server/store/store.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { newId, randomText } from '@nightdesk/shared/ids.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import { TEXT } from './load.ts'

/** How many visitors and agents take part, and how many open conversations each visitor has. */
export type Plan = { visitors: number; agents: number; conversations: number }

export type Part = { auth: object; cookie?: string; conversations: string[] }

/** Who takes part: each visitor's conversations are open with one agent, the visitors are dealt round. */
export type Cast = { visitors: Part[]; agents: Part[] }

export const SITE_ID = 'st_demo'

/** Deals the visitors to the agents; `enter` makes one visitor with conversations open with one agent. */
async function deal<Of>(
  plan: Plan,
  agents: { of: Of; part: Part }[],
  enter: (agent: Of) => Promise<Part>,
): Promise<Cast> {
  const visitors = await Promise.all(
    Array.from({ length: plan.visitors }, async (_, index) => {
      const agent = agents[index % agents.length]
      if (!agent) throw new Error('a plan needs an agent')
      const visitor = await enter(agent.of)
      agent.part.conversations.push(...visitor.conversations)
      return visitor
    }),
  )
  return { visitors, agents: agents.map(({ part }) => part) }
}

/** A cast for a bare server, which believes what it is told. */
export function bareCast(plan: Plan): Promise<Cast> {
  const agents = Array.from({ length: plan.agents }, (_, index) => {
    const code = `A${11 + index}`
    return { of: code, part: { auth: { agent: code }, conversations: [] } }
  })
  return deal(plan, agents, async agent => {
    const visitor = `cv_${randomText(8)}`
    const conversations = Array.from({ length: plan.conversations }, () => visitor + randomText(8))
    return { auth: { agent, visitor }, conversations }
  })
}

/** The same cast in Nightdesk's store. */
export async function storedCast(plan: Plan, store: Store, secretKey: string): Promise<Cast> {
  // One after another, as an operator adds them.
  const agents: { of: Agent; part: Part }[] = []
  for (let index = 0; index < plan.agents; index++) agents.push(await enterAgent(index))
  return deal(plan, agents, enterVisitor)

  async function enterAgent(index: number): Promise<{ of: Agent; part: Part }> {
    const at = Date.now()
    const agent = await store.addAgent({ name: `Agent ${index}`, email: `agent${index}@desk.example`, at })
    const token = newToken()
    const tokenHash = hashToken(secretKey, token)
    await store.addDeskSession({ tokenHash, agentId: agent.id, at, expiresAt: at + 8 * 3_600_000 })
    const auth = { protocol: PROTOCOL_VERSION }
    return { of: agent, part: { auth, cookie: `${DESK_COOKIE}=${token}`, conversations: [] } }
  }

  async function enterVisitor(agent: Agent): Promise<Part> {
    const session = newToken()
    const visitor = await store.newAnonymousVisitor({
      siteId: SITE_ID,
      locale: 'en',
      tokenHash: hashToken(secretKey, session),
      at: Date.now(),
    })
    const opened = Array.from({ length: plan.conversations }, () => open(visitor, agent))
    return {
      auth: { protocol: PROTOCOL_VERSION, site: SITE_ID, session },
      conversations: await Promise.all(opened),
    }
  }

  async function open(visitor: Visitor, { code, name }: Agent): Promise<ConversationId> {
    const at = Date.now()
    const { conversation } = await store.start({
      siteId: SITE_ID,
      visitorId: visitor.id,
      locale: 'en',
      draft: { author: { role: 'visitor' }, body: { kind: 'text', text: TEXT }, key: newId('mk') },
      at,
    })
    const agent = { code, name }
    const state = { status: 'open', openedAt: at, agent } as const
    const draft = { author: { role: 'agent', agent }, body: { kind: 'status', now: state } } as const
    await store.append(conversation.id, at, { decide: () => ({ state, drafts: [draft] }) })
    return conversation.id
  }
}
