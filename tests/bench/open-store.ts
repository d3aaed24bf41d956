import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import type { Store } from '@nightdesk/server/store/store.ts'

/** A second way into a server's store, to set the scene before it starts. */
export async function openStore(url: string): Promise<Store> {
  return openSqliteStore(url.slice('sqlite:'.length))
}
