import { type Postgres, startPostgres } from '@nightdesk/demo/services/postgres.ts'
import { describeStore } from '@nightdesk/server/store/contract/contract.ts'
import { openPostgresStore } from '@nightdesk/server/store/postgres/postgres-store.ts'
import { type MessageKey, newId } from '@nightdesk/shared/ids.ts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.remove())

describeStore('PostgreSQL', () => postgres.newDatabase(), openPostgresStore)

async function ask(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

test('[F-4] a database of the next version is served, one of a later version is refused and not touched', async () => {
  const url = await postgres.newDatabase()
  await (await openPostgresStore(url)).close()
  await ask(url, 'UPDATE schema_version SET version = version + 1')
  const store = await openPostgresStore(url)
  expect(await store.agents()).toEqual([])
  await store.close()
  await ask(url, 'UPDATE schema_version SET version = 99')
  await expect(openPostgresStore(url)).rejects.toThrow(/schema 99, newer/)
  expect(await ask(url, 'SELECT version FROM schema_version')).toEqual([{ version: '99' }])
})

test('[M1] a database that answers before it has flushed is refused', async () => {
  const url = await postgres.newDatabase()
  const [{ current_database: name } = { current_database: '' }] = await ask(url, 'SELECT current_database()')
  await ask(url, `ALTER DATABASE ${name} SET synchronous_commit = off`)
  await expect(openPostgresStore(url)).rejects.toThrow(/synchronous_commit = off/)
})

test('[F-21] two servers that start on an empty database at once bring it up to date once', async () => {
  const url = await postgres.newDatabase()
  const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgresStore(url)))
  for (const store of stores) expect(await store.agents()).toEqual([])
  for (const store of stores) await store.close()
})

test('[F-1] what the database was doing when it was killed is answered as unavailable, and it goes on when it is back', async () => {
  const url = await postgres.newDatabase()
  const store = await openPostgresStore(url)
  const { id } = await store.newAnonymousVisitor({ siteId: 'st_demo', locale: 'en', tokenHash: 'a', at: 1 })
  const draft = (key: MessageKey) => ({
    author: { role: 'visitor' } as const,
    body: { kind: 'text', text: 'hello' } as const,
    key,
  })
  const first = draft(newId('mk'))
  const { conversation } = await store.start({
    siteId: 'st_demo',
    visitorId: id,
    locale: 'en',
    draft: first,
    at: 1,
  })
  const sent = Array.from({ length: 300 }, () => draft(newId('mk')))
  const append = (keyed: ReturnType<typeof draft>) =>
    store.append(conversation.id, 2, { decide: () => ({ drafts: [keyed] }), keyed })
  const accepted: string[] = []
  const writing = Promise.allSettled(
    sent.map(async (keyed, index) => {
      await new Promise(resolve => setTimeout(resolve, index))
      await append(keyed)
      accepted.push(keyed.key)
    }),
  )
  await new Promise(resolve => setTimeout(resolve, 80))
  await postgres.end('SIGKILL')
  const results = await writing
  const refused = results.filter(result => result.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  for (const result of refused) expect(result.reason).toMatchObject({ code: 'STORE_UNAVAILABLE' })
  await postgres.start()
  // Whether an unanswered one was carried out nobody knows; sending it again under its key makes it once.
  for (const keyed of sent) await append(keyed)
  const keys =
    (await store.page(conversation.id, { after: 0 }, 1000))?.messages.map(message => message.key) ?? []
  expect(keys).toHaveLength(301)
  expect(new Set(keys).size).toBe(301)
  for (const key of accepted) expect(keys).toContain(key)
  await store.close()
})
