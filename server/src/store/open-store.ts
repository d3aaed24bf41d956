import { openPostgresStore } from './postgres/postgres-store.ts'
import { openSqliteStore } from './sqlite/sqlite-store.ts'
import type { Store } from './store.ts'

/**
 * Opens the truth.
 *
 * @param url `sqlite:PATH` or `postgres://…`
 * @param onError told of what breaks while nobody asks
 */
export async function openStore(url: string, onError: (error: unknown) => void): Promise<Store> {
  return url.startsWith('sqlite:')
    ? openSqliteStore(url.slice('sqlite:'.length))
    : openPostgresStore(url, onError)
}
