import { hashToken, newToken } from '@nightdesk/server/identity/secrets.ts'
import { openStore } from '@nightdesk/server/store/open-store.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Stored } from './checker.ts'

const LONG = 400 * 24 * 3_600_000

/** All messages of some conversations, read from the store by a connection of our own. */
export async function storedAt(url: string, conversations: Iterable<string>): Promise<Map<string, Stored[]>> {
  const store = await openStore(url, () => undefined)
  const all = new Map<string, Stored[]>()
  for (const id of conversations) {
    const messages: Stored[] = []
    for (let after = 0, more = true; more; ) {
      const page = await store.page(id as ConversationId, { after }, 1000)
      for (const { id: message, seq, key } of page?.messages ?? []) messages.push({ id: message, seq, key })
      after = messages.at(-1)?.seq ?? 0
      more = page?.more ?? false
    }
    all.set(id, messages)
  }
  await store.close()
  return all
}

/** Lets so many agents in. Answers their sessions, which outlast every leap of a clock. */
export async function addAgents(url: string, secretKey: string, count: number): Promise<string[]> {
  const store = await openStore(url, () => undefined)
  const sessions: string[] = []
  for (let index = 0; index < count; index++) {
    const at = Date.now()
    const agent = await store.addAgent({ name: `Agent ${index}`, email: `agent${index}@x`, at })
    const session = newToken()
    const tokenHash = hashToken(secretKey, session)
    await store.addDeskSession({ tokenHash, agentId: agent.id, at, expiresAt: at + LONG })
    sessions.push(session)
  }
  await store.close()
  return sessions
}
