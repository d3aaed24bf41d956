import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** Has each order carried out by a thread of its own, as many at once as there are cores. Answers in the orders' order. */
export async function inThreads<Order, Done>(script: URL, orders: readonly Order[]): Promise<Done[]> {
  const done: Done[] = []
  const waiting = [...orders.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [place, order] = next
      done[place] = await inThread(script, order)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return done
}

function inThread<Order, Done>(script: URL, order: Order): Promise<Done> {
  const worker = new Worker(script, { workerData: order })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
