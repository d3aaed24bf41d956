import { randomBytes } from 'node:crypto'
import type { Customer } from './customers.ts'

const most = 1000

/** Who is logged in, in memory: a restart logs everyone out, which suits a demo. */
export function createSessions() {
  const open = new Map<string, Customer>()
  return {
    open(customer: Customer): string {
      const id = randomBytes(24).toString('base64url')
      open.set(id, customer)
      // A Map keeps insertion order, so its first key is the oldest session.
      for (const oldest of open.keys()) if (open.size > most) open.delete(oldest)
      return id
    },
    customer: (id: string | undefined) => (id ? open.get(id) : undefined),
    close: (id: string | undefined) => open.delete(id ?? ''),
  }
}
