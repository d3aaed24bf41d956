import type { Store } from '../store.ts'
import { agentStore } from './agents.ts'
import { conversationStore } from './conversations.ts'
import { GroupCommit } from './group-commit.ts'
import { openDatabase } from './open.ts'
import { visitorStore } from './visitors.ts'

/**
 * The embedded default: one SQLite file. Reads and writes run on the main thread: a group commit costs less
 * there than the way to a worker and back.
 *
 * @param path a file path, made when missing, or `:memory:`
 */
export function openSqliteStore(path: string): Store {
  const db = openDatabase(path)
  const commit = new GroupCommit(db)
  return {
    ...conversationStore(db, commit),
    ...visitorStore(db, commit),
    ...agentStore(db, commit),
    close: async () => {
      commit.close()
      db.close()
    },
  }
}
