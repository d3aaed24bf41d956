import type { Part } from './cast.ts'
import type { Contender } from './contender.ts'
import { Load } from './load.ts'
import { Line, type Namespace } from './wire/line.ts'

/** How many lines are being opened at a time. */
const AT_ONCE = 100

/** Opens a line as an app does: it enters and asks for its session. */
export async function enter(
  contender: Contender,
  namespace: Namespace,
  { auth, cookie }: Part,
  load?: Load,
): Promise<Line> {
  const { port, origin } = contender
  const line = await Line.open({ port, origin, namespace, auth, ...(cookie ? { cookie } : {}) }, load)
  await line.ask('session:start', {})
  return line
}

/** Runs `work` for each item, so many at a time, and answers in the order of the items. */
export async function eachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as Item)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}

/** Everybody of a cast, connected; `talkers` are who writes when the load asks for messages. */
export async function gather(
  contender: Contender,
  talkers: 'visitors' | 'everybody',
): Promise<{ load: Load; leave(): void }> {
  const load = new Load()
  const { visitors, agents } = contender.cast
  const lines = [
    ...(await eachOf(agents, async part => {
      const line = await enter(contender, '/agent', part, load)
      if (talkers === 'everybody') load.add(line, '/agent', part.conversations)
      return line
    })),
    ...(await eachOf(visitors, async part => {
      const line = await enter(contender, '/visitor', part, load)
      load.add(line, '/visitor', part.conversations)
      return line
    })),
  ]
  return {
    load,
    leave: () => {
      for (const line of lines) line.leave()
    },
  }
}
