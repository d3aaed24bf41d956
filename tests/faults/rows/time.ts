import { openStore } from '@nightdesk/server/store/open-store.ts'
import type { ConversationId } from '@nightdesk/shared/ids.ts'
import { between, clock, sleep, until } from '../clock.ts'
import { FaultProxy } from '../proxy.ts'
import { robotVisitor } from '../robots/visitor.ts'
import type { World } from '../world.ts'
import { killAndStart } from './process.ts'
import { type Row, times } from './row.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Forth and back, and less than a day: words that have waited for a day by the client's clock are given up. */
const CLIENTS_LEAP = 11 * HOUR
const AWAY_FOR = [HOUR, DAY, 8 * DAY]
const MOST_MISSED = 5000
const CATCHES_UP_WITHIN_MS = 3000
/** How many messages one transaction adds. */
const AT_ONCE = 500

/** Adds messages that nobody is told of, as another node does while one is away. */
async function addMessages(world: World, id: ConversationId, count: number): Promise<string | undefined> {
  const store = await openStore(world.directUrl, () => undefined)
  const author = { role: 'agent', agent: { code: 'A99', name: 'Kim' } } as const
  let last: string | undefined
  for (let added = 0; added < count; added += AT_ONCE) {
    const drafts = Array.from({ length: Math.min(AT_ONCE, count - added) }, (_, index) => ({
      author,
      body: { kind: 'text' as const, text: `missed ${added + index}` },
    }))
    last = (await store.append(id, Date.now(), { decide: () => ({ drafts }) })).added.at(-1)?.id
  }
  await store.close()
  return last
}

/** Somebody writes, goes away, misses much for long, and comes back. */
async function beAway(world: World, missed: number, leapMs: number): Promise<void> {
  const wire = new FaultProxy(world.nodes.map(node => node.port))
  const url = `http://127.0.0.1:${await wire.listen()}`
  world.alsoClose(() => wire.close())
  const robot = world.add(
    robotVisitor(`away ${missed} ${leapMs}`, { ...world.door, url }, world.log, 'quiet'),
  )
  await until(() => robot.ends().length > 0 && robot.waiting() === 0, 5000)
  // The bot's answer to the first words.
  await sleep(300)
  const conversation = robot.ends()[0]?.conversation as ConversationId
  await world.fault(async () => {
    wire.refuse()
    const last = await addMessages(world, conversation, missed)
    await world.leap(leapMs)
    await sleep(500)
    wire.heal()
    const since = clock()
    await until(() => robot.ends()[0]?.id === last, 10_000)
    const took = Math.round(clock() - since)
    world.log.demand(took <= CATCHES_UP_WITHIN_MS, `${missed} missed messages were there after ${took} ms`)
  })
}

export const TIME_ROWS: Row[] = [
  {
    id: 'F17',
    fault: 'away 1 h to 8 d, 1 to 5,000 messages missed',
    counts: { ci: 4, full: 300 },
    crowd: { visitors: 3, agents: 1, leanVisitors: 2, leanAgents: 0 },
    hurt: async (world, count) => {
      await times(count, async index => {
        const missed = index === 0 ? MOST_MISSED : Math.round(between(1, MOST_MISSED))
        await beAway(world, missed, AWAY_FOR[index % AWAY_FOR.length] ?? HOUR)
      })
      await world.leap(0)
    },
  },
  {
    id: 'F18',
    fault: 'clocks of servers and clients leap a day',
    counts: { ci: 6, full: 100 },
    hurt: async (world, count) => {
      const real = Date.now
      const days = [1, -1, 0]
      try {
        await times(count, async index => {
          await world.fault(async () => {
            await world.leap((days[index % days.length] ?? 0) * DAY)
            const client = (days[(index + 1) % days.length] ?? 0) * CLIENTS_LEAP
            Date.now = () => real() + client
          })
          await sleep(between(300, 600))
          if (index % 3 === 2) await killAndStart(world, [world.node()])
        })
      } finally {
        Date.now = real
        await world.leap(0)
      }
    },
  },
]
