import { gather } from '../company.ts'
import { bare, type Contender, nightdesk } from '../contender.ts'
import type { Load } from '../load.ts'
import type { Notebook } from '../notebook.ts'
import { quantile } from '../numbers.ts'
import type { Settings } from '../settings.ts'

type Goals = { rate: string; cpu?: string }

const GOALS: Goals = { rate: '≥ 0.80 SQLite, ≥ 0.60 PostgreSQL', cpu: '≤ 1.25' }

/** (a) What a durable message costs beside one that nobody keeps; goals 10, 11 and 12. */
export async function messages(book: Notebook, { rounds, seconds, databaseUrl }: Settings): Promise<void> {
  const plan = { visitors: 400, agents: 20, conversations: 1 }
  const contenders = [
    await bare('bare', plan),
    await bare('bare + SQLite', plan, { STORES: 'yes' }),
    await nightdesk('nightdesk', plan, await databaseUrl()),
  ]
  await compare(book, 'a', contenders, { rounds, seconds, paces: [500, 200], goals: GOALS })
}

/** Drives all contenders in turn, round by round, and removes them. */
export async function compare(
  book: Notebook,
  row: string,
  contenders: Contender[],
  { rounds, seconds, paces, goals }: { rounds: number; seconds: number; paces: number[]; goals: Goals },
): Promise<void> {
  try {
    const companies = []
    for (const contender of contenders)
      companies.push({ contender, ...(await gather(contender, 'visitors')) })
    // What has never run is not measured: the compiler needs a moment of each.
    for (const { load, contender } of companies) await load.saturate(seconds, contender.cpu)
    for (let round = 0; round < rounds; round++) {
      for (const { load, contender } of companies) await saturated(book, row, contender, load, seconds, goals)
      for (const pace of paces) {
        for (const { load, contender } of companies) await paced(book, row, contender, load, pace, seconds)
      }
    }
    for (const { leave } of companies) leave()
  } finally {
    for (const { remove } of contenders) remove()
  }
}

async function saturated(
  book: Notebook,
  row: string,
  { name, cpu }: Contender,
  load: Load,
  seconds: number,
  goals: Goals,
) {
  const taken = await load.saturate(seconds, cpu)
  const rate = { what: 'accepted messages, saturated', unit: '/s', goal: goals.rate }
  book.note(row, rate, name, taken.accepted / taken.seconds)
  const each = {
    what: 'CPU per accepted message, saturated',
    unit: 'µs',
    ...(goals.cpu ? { goal: goals.cpu } : {}),
  }
  book.note(row, each, name, taken.cpu / taken.accepted)
}

async function paced(
  book: Notebook,
  row: string,
  { name, cpu }: Contender,
  load: Load,
  pace: number,
  seconds: number,
) {
  const { ack, delivery, accepted, ...taken } = await load.pace(pace, seconds, cpu)
  const at = `at ${pace}/s`
  const goal = '≤ 1.3 × bare + SQLite'
  for (const [share, label] of [
    [0.5, 'p50'],
    [0.95, 'p95'],
    [0.99, 'p99'],
  ] as const) {
    book.note(row, { what: `send → ack ${at}, ${label}`, unit: 'ms' }, name, quantile(ack, share))
  }
  for (const [share, label] of [
    [0.5, 'p50'],
    [0.99, 'p99'],
  ] as const) {
    book.note(
      row,
      { what: `send → agent ${at}, ${label}`, unit: 'ms', goal },
      name,
      quantile(delivery, share),
    )
  }
  book.note(row, { what: `CPU per message ${at}`, unit: 'µs' }, name, taken.cpu / accepted)
}
