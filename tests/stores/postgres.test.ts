import { type Postgres, startPostgres } from '@nightdesk/demo/services/postgres.ts'
import { describeStore } from '@nightdesk/server/store/contract/contract.ts'
import { newVisitor, say, start } from '@nightdesk/server/store/contract/support.ts'
import { openPostgresStore } from '@nightdesk/server/store/postgres/postgres-store.ts'
import { type MessageKey, newId } from '@nightdesk/shared/ids.ts'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'

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

async function withConversation() {
  const url = await postgres.newDatabase()
  const store = await openPostgresStore(url)
  onTestFinished(() => store.close())
  const { id } = (await start(store, await newVisitor(store), 'hello')).conversation
  return { url, store, id }
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    error => error.code,
  )

test('[G4] words that met a database that was away are refused, and the next ones are taken when it is back', async () => {
  const { store, id } = await withConversation()
  await postgres.end('SIGINT')
  const refused = await Promise.all([say(store, id, 'one'), say(store, id, 'two')].map(refusal))
  expect(refused).toEqual(['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE'])
  await postgres.start()
  expect((await say(store, id, 'three')).message?.seq).toBe(2)
})

test('[G1] a connection that is cut in the middle of a transaction refuses its words and harms nothing else', async () => {
  const { url, store, id } = await withConversation()
  const uncaught: unknown[] = []
  const listen = (error: unknown) => uncaught.push(error)
  process.on('uncaughtExceptionMonitor', listen)
  onTestFinished(() => void process.off('uncaughtExceptionMonitor', listen))
  await postgres.hold(url, 'SELECT * FROM conversations FOR UPDATE', async ask => {
    const words = refusal(say(store, id, 'cut off'))
    await expect
      .poll(async () => (await ask("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).length)
      .toBeGreaterThan(0)
    await ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'nightdesk'")
    expect(await words).toBe('STORE_UNAVAILABLE')
  })
  expect((await say(store, id, 'and on')).message?.seq).toBe(2)
  expect(uncaught).toEqual([])
})

test('[F-4] a newer server that adds columns does not stop the older one that runs beside it', async () => {
  const { url, store, id } = await withConversation()
  // Every connection has seen the tables as they were.
  await Promise.all(Array.from({ length: 10 }, () => store.page(id, 'latest', 1)))
  await say(store, id, 'before')
  const add = ['conversations', 'messages', 'visitors'].map(
    table => `ALTER TABLE ${table} ADD COLUMN more TEXT`,
  )
  await postgres.hold(url, `${add.join(';')}; COMMIT`, async () => undefined)
  expect((await say(store, id, 'after')).message?.seq).toBe(3)
  const pages = await Promise.all(Array.from({ length: 10 }, () => store.page(id, 'latest', 9)))
  expect(pages.map(page => page?.messages.length)).toEqual(pages.map(() => 3))
  const reads = await Promise.all(Array.from({ length: 10 }, () => store.conversation(id)))
  expect(reads.map(one => one?.lastSeq)).toEqual(reads.map(() => 3))
})
