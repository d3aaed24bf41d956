import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import type { Store } from '@nightdesk/server/store/store.ts'

/** Opens the store at an address by a connection of our own. */
export async function openStoreAt(url: string): Promise<Store> {
  if (!url.startsWith('sqlite:')) throw new Error('this build keeps conversations in SQLite only')
  return openSqliteStore(url.slice('sqlite:'.length))
}
