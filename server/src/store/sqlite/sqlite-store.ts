import { sqlStore } from '../sql/sql-store.ts'
import type { Store } from '../store.ts'
import { openDatabase } from './open.ts'
import { sqliteDatabase } from './sqlite-database.ts'

/**
 * The embedded default: one SQLite file.
 *
 * @param path a file path, made when missing, or `:memory:`
 */
export function openSqliteStore(path: string): Store {
  return sqlStore(sqliteDatabase(openDatabase(path)))
}
