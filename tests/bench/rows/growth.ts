import { DatabaseSync } from 'node:sqlite'
import { newId } from '@nightdesk/shared/ids.ts'
import { type Contender, nightdesk } from '../contender.ts'
import { TEXT } from '../load.ts'
import type { Notebook } from '../notebook.ts'
import type { Settings } from '../settings.ts'
import { compare } from './messages.ts'

/**
 * (e) Whether a full store is as fast as an empty one: the same 100 visitors write into a store of 1,000 messages
 * and into one of a million, into 100 open conversations and into 10,000. SQLite only. Goal 14.
 */
export async function growth(book: Notebook, { rounds, seconds, scale }: Settings): Promise<void> {
  const plan = { visitors: 100, agents: 10, conversations: 1 }
  const million = 1_000_000 * scale
  const contenders: Contender[] = [
    await filled('1k stored, 100 open', 1000),
    await filled(`${million / 1000}k stored, 100 open`, million),
    await nightdesk(`${100 * scale * 100} open`, { ...plan, conversations: 100 * scale }),
  ]
  await compare(book, 'e', contenders, { rounds, seconds, paces: [], goals: { rate: '≥ 0.9' } })

  async function filled(name: string, stored: number): Promise<Contender> {
    return nightdesk(name, plan, {}, path => fill(path, stored))
  }
}

const PER_CONVERSATION = 20

/** Closed conversations of earlier visitors, written past the store: a million of them take seconds, not minutes. */
function fill(path: string, stored: number): void {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF')
  const visitor = db.prepare(
    "INSERT INTO visitors (id, site_id, locale, created_at, logged_out_at) VALUES (?, 'st_demo', 'en', 1, 0)",
  )
  const conversation = db.prepare(`INSERT INTO conversations
    (id, site_id, visitor_id, start_key, locale, started_at, last_seq, epoch, read_by_visitor, read_by_desk,
     status, since, agent_code, state) VALUES (?, 'st_demo', ?, ?, 'en', 1, ?, 3, 0, 0, 'closed', 1, 'A11', ?)`)
  const message = db.prepare(`INSERT INTO messages
    (conversation_id, seq, id, sent_at, role, author, kind, body, key) VALUES (?, ?, ?, 1, 'visitor', ?, 'text', ?, ?)`)
  const agent = { code: 'A11', name: 'Agent 0' }
  const closed = JSON.stringify({ status: 'closed', closedAt: 1, closedBy: 'agent', agent })
  const [author, body] = [JSON.stringify({ role: 'visitor' }), JSON.stringify({ kind: 'text', text: TEXT })]
  db.exec('BEGIN')
  for (let written = 0; written < stored; written += PER_CONVERSATION) {
    const [id, visitorId] = [newId('cv'), newId('vi')]
    visitor.run(visitorId)
    conversation.run(id, visitorId, newId('mk'), PER_CONVERSATION, closed)
    for (let seq = 1; seq <= PER_CONVERSATION; seq++)
      message.run(id, seq, newId('ms'), author, body, newId('mk'))
  }
  db.exec('COMMIT')
  db.close()
}
