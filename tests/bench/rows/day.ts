import { gather } from '../company.ts'
import { bare, type Contender, nightdesk } from '../contender.ts'
import type { Notebook } from '../notebook.ts'
import { quantile } from '../numbers.ts'
import type { Settings } from '../settings.ts'

/**
 * (f) A busy day on one node: 10,000 visitors and 500 agents, everybody in conversation, each says something once a
 * minute. Goal 15.
 */
export async function day(book: Notebook, { seconds, scale, databaseUrl }: Settings): Promise<void> {
  const plan = { visitors: 10_000 * scale, agents: 500 * scale, conversations: 1 }
  const perSecond = (plan.visitors + plan.agents) / 60
  for (const begin of [bare, nightdesk]) {
    const contender = await begin(begin.name, plan, begin === nightdesk ? await databaseUrl() : {})
    await lived(book, contender, perSecond, seconds * 10)
  }
}

async function lived(
  book: Notebook,
  contender: Contender,
  perSecond: number,
  seconds: number,
): Promise<void> {
  const { name, cpu, resident, remove } = contender
  try {
    const [before, start] = [cpu(), performance.now()]
    const { load, leave } = await gather(contender, 'everybody')
    book.note('f', { what: 'until everybody is there', unit: 's' }, name, (performance.now() - start) / 1000)
    book.note('f', { what: 'CPU until everybody is there', unit: 's' }, name, (cpu() - before) / 1e6)
    const taken = await load.pace(perSecond, seconds, cpu)
    const say = (what: string, unit: string, value: number, goal?: string) =>
      book.note('f', { what, unit, ...(goal ? { goal } : {}) }, name, value)
    say('send → the other side, p50', 'ms', quantile(taken.delivery, 0.5))
    say('send → the other side, p99', 'ms', quantile(taken.delivery, 0.99), '< 50 ms')
    say('send → ack, p99', 'ms', quantile(taken.ack, 0.99))
    say('CPU', '% of a core', taken.cpu / taken.seconds / 10_000)
    say('resident memory', 'MB', resident() / 1000, '≤ 367 MB (350 MiB)')
    leave()
  } finally {
    remove()
  }
}
