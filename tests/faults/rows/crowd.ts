import { between, clock, sleep, until } from '../clock.ts'
import { leanVisitor } from '../robots/lean-visitor.ts'
import type { World } from '../world.ts'
import { type Row, type Scale, times } from './row.ts'

const BACK_WITHIN_MS = 30_000
const ANSWERED_WITHIN_MS = 5000
const MEMORY_MB = 600

type Many = ReturnType<typeof leanVisitor>[]

async function newCrowd(world: World, scale: Scale): Promise<Many> {
  // As the apps do: half a second and more, with jitter, so that the first wave is not one wave.
  const comesBackAfter = () => between(250, 2500)
  const crowd = Array.from({ length: scale === 'ci' ? 300 : 5000 }, (_, index) =>
    world.add(leanVisitor(`one of many ${index}`, world.door, world.log, { comesBackAfter })),
  )
  for (const one of crowd) one.write(1)
  await until(() => crowd.every(one => one.isBack() && one.waiting() === 0), 60_000)
  return crowd
}

/** Everybody comes back at once after all servers were killed, and then has something to say. */
async function comeBackTogether(world: World, crowd: Many): Promise<void> {
  // What was slow before the fault is not what is measured.
  for (const one of crowd) one.slowestMs()
  await world.fault(async () => {
    await Promise.all(world.nodes.map(node => node.end('SIGKILL')))
    await Promise.all(world.nodes.map(node => node.start()))
    const since = clock()
    for (const one of crowd) one.write(1)
    await until(() => crowd.every(one => one.isBack()), BACK_WITHIN_MS + 5000)
    const took = Math.round(clock() - since)
    world.log.demand(took <= BACK_WITHIN_MS, `${crowd.length} clients were back after ${took} ms`)
  })
  await until(() => crowd.every(one => one.waiting() === 0), 10_000)
  const slowest = Math.max(...crowd.map(one => one.slowestMs()))
  world.log.demand(slowest <= ANSWERED_WITHIN_MS, `an acceptance took ${Math.round(slowest)} ms`)
  for (const node of world.nodes) {
    const memory = Math.round(node.memory())
    world.log.demand(memory <= MEMORY_MB, `a server uses ${memory} MB`)
  }
}

const SLOW_TABS = 3
const SLOW_GROWTH_MB = 100
/** Four bytes each, as many as a message may have. */
const LONG_TEXT = '🕯'.repeat(4000)

/** Tabs that stop reading while their conversation grows by far more than may wait for them. */
async function stopReading(world: World, turn: number, words: number): Promise<void> {
  const options = { text: LONG_TEXT }
  const writer = world.add(leanVisitor(`writer ${turn}`, world.door, world.log, options))
  writer.write(1)
  await until(() => writer.session() !== undefined && writer.waiting() === 0, 5000)
  const slow = Array.from({ length: SLOW_TABS }, (_, index) =>
    world.add(leanVisitor(`slow tab ${turn}.${index}`, world.door, world.log, {}, writer)),
  )
  await until(() => slow.every(tab => tab.isBack()), 5000)
  const before = world.nodes.map(node => node.memory())
  await world.fault(async () => {
    for (const tab of slow) tab.line.pause()
    writer.write(words)
    await until(() => writer.waiting() === 0, 30_000)
    world.nodes.forEach((node, index) => {
      const grown = Math.round(node.memory() - (before[index] ?? 0))
      world.log.demand(grown <= SLOW_GROWTH_MB, `slow readers cost ${grown} MB`)
    })
    for (const tab of slow) tab.line.resume()
  })
  await sleep(500)
}

export const CROWD_ROWS: Row[] = [
  {
    id: 'F19',
    fault: 'everybody comes back at once',
    counts: { ci: 1, full: 10 },
    // The crowd is the load.
    crowd: { visitors: 4, agents: 1, leanVisitors: 4, leanPauseMs: 50 },
    hurt: async (world, count, scale) => {
      const crowd = await newCrowd(world, scale)
      await times(count, () => comeBackTogether(world, crowd))
    },
  },
  {
    id: 'F20',
    fault: 'readers that do not read',
    counts: { ci: 1, full: 10 },
    crowd: { visitors: 3, agents: 1, leanVisitors: 0, leanAgents: 0 },
    hurt: (world, count, scale) =>
      times(count, turn => stopReading(world, turn, scale === 'ci' ? 800 : 4000)),
  },
]
