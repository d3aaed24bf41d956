import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Database, newPostgresDatabase, type StoreKind, sqliteIn } from './database.ts'

const SIZE = '32m'

/** Why a disk of our own cannot be had here. */
export function smallDiskImpossible(): string | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-disk-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir]).status === 0
  if (isMounted) spawnSync('umount', [dir])
  rmSync(dir, { recursive: true })
  return isMounted ? undefined : 'mounting a small disk needs root'
}

/** A database whose messages are kept on a small disk of their own. */
export async function smallDatabase(kind: StoreKind): Promise<Database> {
  const disk = mkdtempSync(join(tmpdir(), 'nightdesk-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', disk])
  const unmount = async () => {
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  }
  if (kind === 'sqlite') return { ...sqliteIn(disk), disk, remove: unmount }

  const database = await newPostgresDatabase()
  const name = new URL(database.directUrl).pathname.slice(1)
  const { uid, gid } = statSync(database.service.dir)
  chownSync(disk, uid, gid)
  await ask(database.directUrl, `CREATE TABLESPACE ${name} LOCATION '${disk}'`)
  await ask(database.directUrl, `ALTER DATABASE ${name} SET TABLESPACE ${name}`)
  const remove = async () => {
    await database.remove()
    await ask(database.directUrl, `DROP DATABASE ${name} WITH (FORCE)`)
    await ask(database.directUrl, `DROP TABLESPACE ${name}`)
    await unmount()
  }
  return { ...database, disk, remove }
}

/** Asks the cluster's own database: a database is neither moved nor dropped while one is connected to it. */
async function ask(url: string, sql: string): Promise<void> {
  const address = new URL(url)
  address.pathname = '/postgres'
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Leaves no byte free. */
export function fill(disk: string): void {
  const path = join(disk, 'ballast')
  for (let size = 1024 * 1024; size >= 1024; ) {
    try {
      writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
    } catch {
      size /= 2
    }
  }
}

export const free = (disk: string): void => rmSync(join(disk, 'ballast'))
