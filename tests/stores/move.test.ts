import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Postgres, startPostgres } from '@nightdesk/demo/services/postgres.ts'
import { openPostgresStore } from '@nightdesk/server/store/postgres/postgres-store.ts'
import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import type { Store } from '@nightdesk/server/store/store.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../support/sources.ts'
import { tempDir } from '../support/temp-dir.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.remove())

const SITE = 'st_demo'
const textOf = (text: string) => ({
  author: { role: 'visitor' as const },
  body: { kind: 'text' as const, text },
})

/** Some of everything: a guest who became a customer, words in many scripts, an agent with a session. */
async function fill(store: Store) {
  const guest = await store.newAnonymousVisitor({ siteId: SITE, locale: 'en', tokenHash: 'browser', at: 1 })
  const draft = { ...textOf('hello'), key: newId('mk') }
  const { conversation } = await store.start({
    siteId: SITE,
    visitorId: guest.id,
    locale: 'en',
    draft,
    at: 2,
  })
  for (const words of ['مرحبا', '你好 👋', 'null\u0000byte', "O'Brien; DROP TABLE messages"]) {
    const keyed = { ...textOf(words), key: newId('mk') }
    await store.append(conversation.id, 3, { decide: () => ({ drafts: [keyed] }), keyed })
  }
  const customer = { siteId: SITE, externalId: 'cust_1', name: 'Ada', locale: 'en', at: 4 }
  const ada = await store.verifiedVisitor(customer)
  await store.adopt(guest.id, ada.id, 5)
  const sam = await store.addAgent({ email: 'sam@x', name: 'Sam', at: 6 })
  await store.addDeskSession({ tokenHash: 'desk', agentId: sam.id, at: 6, expiresAt: 1e13 })
  return { conversation, ada, draft }
}

const nightdeskData = (path: string, ...words: string[]) =>
  spawnSync(process.execPath, [join(root, 'server/src/data.ts'), ...words], {
    env: { ...process.env, DATABASE_URL: `sqlite:${path}` },
    encoding: 'utf8',
  })

test('[F-22] everything in the file is in PostgreSQL afterwards, keys and sessions too', async () => {
  const path = join(tempDir(), 'nightdesk.db')
  const file = openSqliteStore(path)
  const { conversation, ada, draft } = await fill(file)
  const before = await file.page(conversation.id, 'latest', 100)
  const url = await postgres.newDatabase()
  const { stdout, stderr } = nightdeskData(path, 'move', url)
  expect(stderr).toBe('')
  expect(stdout).toContain('5 messages')

  const store = await openPostgresStore(url)
  expect(await store.page(conversation.id, 'latest', 100)).toEqual(before)
  expect(await store.conversationsOf(ada.id, 10)).toEqual(await file.conversationsOf(ada.id, 10))
  expect(await store.agents()).toEqual(await file.agents())
  expect((await store.agentBySession('desk', 7))?.agent.name).toBe('Sam')
  // A retry that was under way during the move is still the same message.
  const again = await store.append(conversation.id, 9, { decide: () => ({ drafts: [draft] }), keyed: draft })
  expect(again).toMatchObject({ added: [], message: { seq: 1 } })
  await store.close()
  await file.close()
})

test('[F-22] a database that holds something already is left as it is', async () => {
  const path = join(tempDir(), 'nightdesk.db')
  const file = openSqliteStore(path)
  await fill(file)
  await file.close()
  const url = await postgres.newDatabase()
  expect(nightdeskData(path, 'move', url).status).toBe(0)
  const second = nightdeskData(path, 'move', url)
  expect(second.status).toBe(1)
  expect(second.stderr).toContain('There is something in the table agents already')
})

test('[F-22] a backup that is made while words are written is whole, and holds all that was accepted before', async () => {
  const dir = tempDir()
  const path = join(dir, 'nightdesk.db')
  const file = openSqliteStore(path)
  const { conversation } = await fill(file)
  let writing = true
  const writer = (async () => {
    for (let index = 0; writing; index++) {
      const keyed = { ...textOf(`more ${index}`), key: newId('mk') }
      await file.append(conversation.id, 10, { decide: () => ({ drafts: [keyed] }), keyed })
    }
  })()
  const accepted = (await file.conversation(conversation.id))?.lastSeq ?? 0
  const target = join(dir, 'copy.db')
  const words = [join(root, 'server/src/data.ts'), 'backup', target]
  const env = { ...process.env, DATABASE_URL: `sqlite:${path}` }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { env })
  const later = (await file.conversation(conversation.id))?.lastSeq ?? 0
  expect(later).toBeGreaterThan(accepted)
  writing = false
  await writer
  await file.close()
  expect(stderr).toBe('')
  expect(stdout).toContain('found whole')
  const copy = openSqliteStore(target)
  const page = await copy.page(conversation.id, { after: 0 }, 100_000)
  const seqs = page?.messages.map(message => message.seq) ?? []
  expect(seqs).toEqual(seqs.map((_, index) => index + 1))
  expect(seqs.length).toBeGreaterThanOrEqual(accepted)
  await copy.close()
})

test('a command that cannot be is answered with how to type it', () => {
  const path = join(tempDir(), 'nothing.db')
  expect(nightdeskData(path).stderr).toContain('Usage')
  expect(nightdeskData(path, 'backup', 'x').stderr).toContain('There is no database')
})
