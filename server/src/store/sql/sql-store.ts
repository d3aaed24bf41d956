import type { Store } from '../store.ts'
import { agentStore } from './agents.ts'
import { conversationStore } from './conversations.ts'
import { headStore } from './heads.ts'
import type { Database } from './sql.ts'
import { visitorStore } from './visitors.ts'

/** The store over any database that speaks one of our dialects. */
export function sqlStore(database: Database): Store {
  return {
    ...conversationStore(database),
    ...headStore(database),
    ...visitorStore(database),
    ...agentStore(database),
    close: database.close,
  }
}
