import { type Postgres, startPostgres } from '@nightdesk/demo/services/postgres.ts'
import { describeStore } from '@nightdesk/server/store/contract/contract.ts'
import { openPostgresStore } from '@nightdesk/server/store/postgres/postgres-store.ts'
import { afterAll, beforeAll } from 'vitest'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.remove())

describeStore('PostgreSQL', () => postgres.newDatabase(), openPostgresStore)
