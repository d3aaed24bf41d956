import { type Postgres, startPostgres } from '@nightdesk/demo/services/postgres.ts'
import { describeStore } from '@nightdesk/server/store/contract/contract.ts'
import { newVisitor, say, start } from '@nightdesk/server/store/contract/support.ts'
import { openPostgresStore } from '@nightdesk/server/store/postgres/postgres-store.ts'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.remove())

describeStore('PostgreSQL', () => postgres.newDatabase(), openPostgresStore)

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
