import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { need } from './need.ts'
import { freePort } from './ports.ts'
import { type PrivateService, privateFolder, privateService } from './private-service.ts'

export type Postgres = PrivateService & {
  /** The folder of its own, which belongs to the user that it runs as. */
  dir: string
  /** The connection string of a new empty database. */
  newDatabase(): Promise<string>
  /** Runs `sql` in a transaction that stays open while `act` runs, which may ask more in it. It is rolled back. */
  hold(url: string, sql: string, act: (ask: Ask) => Promise<void>): Promise<void>
}

type Ask = (sql: string) => Promise<unknown[]>

/** Debian keeps the server's programs out of the path, one folder for each major version. */
export const POSTGRES_PROGRAMS = '/usr/lib/postgresql/15/bin'

/**
 * A PostgreSQL of our own, as durable as an operator's (`fsync` and `synchronous_commit` stay on), on a free port
 * of the loopback. It does not run as root, so root hands it to the user that the package made.
 */
export async function startPostgres(): Promise<Postgres> {
  if (!existsSync(POSTGRES_PROGRAMS)) need(`${POSTGRES_PROGRAMS}/postgres`, ['postgresql-15'])
  const owner = process.getuid?.() === 0 ? idsOf('postgres') : undefined
  const dir = privateFolder('postgres', owner)
  const data = join(dir, 'data')
  const run = (program: string, args: string[]) =>
    execFileSync(join(POSTGRES_PROGRAMS, program), args, { cwd: dir, stdio: 'ignore', ...owner })
  run('initdb', ['-D', data, '-U', 'nightdesk', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'])
  const port = await freePort()
  const url = (database: string) => `postgres://nightdesk@127.0.0.1:${port}/${database}`
  const service = privateService({
    dir,
    owner,
    command: join(POSTGRES_PROGRAMS, 'postgres'),
    args: [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      dir,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=100',
    ],
    isReady: () => answers(url('postgres')),
  })
  await service.start()

  let databases = 0
  return {
    ...service,
    dir,
    newDatabase: async () => {
      const name = `nightdesk_${process.pid}_${databases++}`
      await ask(url('postgres'), `CREATE DATABASE ${name}`)
      return url(name)
    },
    hold: (database, sql, act) =>
      connected(database, async client => {
        await client.query('BEGIN')
        await client.query(sql)
        await act(async more => (await client.query(more)).rows)
      }),
  }
}

function idsOf(user: string): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map(flag => Number(execFileSync('id', [flag, user], { encoding: 'utf8' })))
  if (uid === undefined || gid === undefined) throw new Error(`there is no user ${user}`)
  return { uid, gid }
}

const ask = (url: string, sql: string) => connected(url, async client => void (await client.query(sql)))

async function connected(url: string, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await act(client)
  } finally {
    await client.end()
  }
}

function answers(url: string): Promise<boolean> {
  return ask(url, 'SELECT 1').then(
    () => true,
    () => false,
  )
}
