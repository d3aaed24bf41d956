import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Postgres, startPostgres } from '@nightdesk/demo/services/postgres.ts'
import { FaultProxy } from './proxy.ts'

/** Where the truth of a world is kept, and how it can be hurt. */
export type Database = {
  /** A small disk that holds what is written, where a row asked for one. */
  disk?: string
  remove(): Promise<void>
} & (
  | { kind: 'sqlite'; url: string; path: string }
  | {
      kind: 'postgres'
      /** The way of the nodes, through `proxy`. */
      url: string
      /** The way of the harness. */
      directUrl: string
      proxy: FaultProxy
      service: Postgres
    }
)
export type StoreKind = Database['kind']
export type PostgresDatabase = Extract<Database, { kind: 'postgres' }>
type SqliteDatabase = Extract<Database, { kind: 'sqlite' }>

let cluster: Promise<Postgres> | undefined

/** The one PostgreSQL of this run; its databases are the worlds'. */
function sharedPostgres(): Promise<Postgres> {
  cluster ??= startPostgres()
  return cluster
}

export async function removeSharedPostgres(): Promise<void> {
  await (await cluster)?.remove()
  cluster = undefined
}

export async function newDatabase(kind: StoreKind): Promise<Database> {
  if (kind === 'postgres') return newPostgresDatabase()
  return sqliteIn(mkdtempSync(join(tmpdir(), 'nightdesk-faults-')))
}

export async function newPostgresDatabase(): Promise<PostgresDatabase> {
  const service = await sharedPostgres()
  const directUrl = await service.newDatabase()
  const address = new URL(directUrl)
  const proxy = new FaultProxy([Number(address.port)])
  address.port = String(await proxy.listen())
  return { kind: 'postgres', url: address.href, directUrl, proxy, service, remove: () => proxy.close() }
}

/** @param dir a folder of its own, which goes with it */
export function sqliteIn(dir: string): SqliteDatabase {
  const path = join(dir, 'nightdesk.db')
  const remove = async () => rmSync(dir, { recursive: true, force: true })
  return { kind: 'sqlite', url: `sqlite:${path}`, path, remove }
}
