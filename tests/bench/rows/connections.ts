import type { Customer } from '@nightdesk/demo/exchange/customers.ts'
import { signSupportToken } from '@nightdesk/demo/exchange/support-token.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import { type Part, SITE_ID } from '../cast.ts'
import { eachOf, enter } from '../company.ts'
import { bare, type Contender, nightdesk } from '../contender.ts'
import type { Notebook } from '../notebook.ts'
import { sleep } from '../numbers.ts'
import type { Settings } from '../settings.ts'
import type { Line } from '../wire/line.ts'

/** Garbage of the opening is collected when more is needed; what stays after this is what a line costs. */
const REST_MS = 1500

/**
 * (b) What an idle line keeps and (c) what it takes to open one, signed identity, rooms and presence included; then
 * everybody comes back at once. Each round on a fresh process. Goals 8 and 9.
 */
export async function connections(book: Notebook, { rounds, scale, databaseUrl }: Settings): Promise<void> {
  const steps = [1000, 5000, 10_000].map(count => count * scale)
  const nobody = { visitors: 0, agents: 1, conversations: 0 }
  for (let round = 0; round < rounds; round++) {
    await measured(book, await bare('bare', nobody), steps)
    await measured(book, await nightdesk('nightdesk', nobody, await databaseUrl()), steps)
  }
}

async function measured(book: Notebook, contender: Contender, steps: number[]): Promise<void> {
  const { name, cpu, resident, remove } = contender
  try {
    const guests = await Promise.all(
      Array.from({ length: steps.at(-1) ?? 0 }, (_, index) => guest(contender, index)),
    )
    const agents = await eachOf(contender.cast.agents, agent => enter(contender, '/agent', agent))
    // The first lines pay for compiling what opens a line.
    for (const line of await open(contender, guests.slice(0, 200))) line.leave()
    await sleep(REST_MS)
    const empty = resident()
    const lines: Line[] = []
    for (const step of steps) {
      const [before, start, count] = [cpu(), performance.now(), step - lines.length]
      lines.push(...(await open(contender, guests.slice(lines.length, step))))
      const seconds = (performance.now() - start) / 1000
      const at = `to ${step}`
      book.note('c', { what: `lines opened ${at}`, unit: '/s' }, name, count / seconds)
      book.note(
        'c',
        { what: `CPU per opened line ${at}`, unit: 'µs', goal: '≤ 1.3' },
        name,
        (cpu() - before) / count,
      )
      await sleep(REST_MS)
      const kept = (resident() - empty) / step
      book.note('b', { what: `memory per idle line at ${step}`, unit: 'kB', goal: '≤ 1.15' }, name, kept)
    }
    const rest = cpu()
    await sleep(REST_MS)
    book.note(
      'b',
      { what: 'CPU at rest with all lines', unit: 'µs/s' },
      name,
      (cpu() - rest) / (REST_MS / 1000),
    )
    await storm(book, contender, guests, lines)
    for (const agent of agents) agent.leave()
  } finally {
    remove()
  }
}

/** Everybody is lost at once and comes back. */
async function storm(book: Notebook, contender: Contender, guests: Part[], lines: Line[]): Promise<void> {
  for (const line of lines) line.leave()
  const [before, start] = [contender.cpu(), performance.now()]
  const again = await open(contender, guests)
  const seconds = (performance.now() - start) / 1000
  const { name } = contender
  book.note('c', { what: `all ${guests.length} back after a cut`, unit: 's', goal: '≤ 1.5' }, name, seconds)
  const each = (contender.cpu() - before) / guests.length
  book.note('c', { what: 'CPU per line that came back', unit: 'µs', goal: '≤ 1.3' }, name, each)
  for (const line of again) line.leave()
}

function open(contender: Contender, guests: Part[]): Promise<Line[]> {
  return eachOf(guests, part => enter(contender, '/visitor', part))
}

/** A customer whom the exchange has signed; a bare server believes the same words. */
async function guest({ identitySecret }: Contender, index: number): Promise<Part> {
  const who = { id: `customer-${index}`, name: `Customer ${index}`, about: '', phrase: 'blue heron' }
  const customer: Customer = { ...who, locale: 'en', balances: {}, activity: [] }
  const identity = await signSupportToken(customer, { siteId: SITE_ID, identitySecret })
  const auth = { protocol: PROTOCOL_VERSION, site: SITE_ID, identity }
  return { auth, conversations: [] }
}
