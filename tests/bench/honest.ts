import { newId } from '@nightdesk/shared/ids.ts'
import { rawSocket } from './raw-socket.ts'

/**
 * A process of its own with people who write, and of whom some come back all the time: PORT, PEOPLE, five to an
 * address from 127.1.0.1 up. Tells its parent every acknowledgement and takes `stop`.
 */
const [port = 0, people = 0] = process.argv.slice(2).map(Number)
const WRITES_EVERY_MS = 5000
const COME_BACK_A_SECOND = 5
const TO_AN_ADDRESS = 5

type Person = { send(): void; leave(): void }
export type Report =
  | { kind: 'ready' }
  | { kind: 'acked'; ms: number }
  | { kind: 'refused'; code: string }
  | { kind: 'back'; ms: number }
  | { kind: 'end'; sent: number; acked: number; missing: number }

const tell = (report: Report) => void process.send?.(report)
let sent = 0
let acked = 0
let missing = 0

/** One person; answers when they are in and their conversation stands. */
function person(index: number): Promise<Person & { missing(): Promise<number> }> {
  const from = `127.1.${Math.floor(index / TO_AN_ADDRESS / 250)}.${1 + (Math.floor(index / TO_AN_ADDRESS) % 250)}`
  const waiting = new Map<number, (value: Record<string, never>) => void>()
  /** What was accepted, and what has had no answer and is sent again. */
  const accepted = new Set<string>()
  const unanswered = new Set<string>()
  let session: string | undefined
  let conversationId: string | undefined
  let asks = 0
  let socket: ReturnType<typeof rawSocket>
  let online = false

  function ask(event: string, input: object): Promise<Record<string, never>> {
    const id = asks++
    socket.send(`42/visitor,${id}${JSON.stringify([event, input])}`)
    return new Promise(resolve => waiting.set(id, resolve))
  }

  async function deliver(key: string): Promise<void> {
    const at = performance.now()
    const reply = (await ask('message:send', { conversationId, key, text: 'where is my deposit' })) as {
      ok?: boolean
      error?: { code: string }
    }
    if (!reply.ok) {
      tell({ kind: 'refused', code: reply.error?.code ?? '' })
      return
    }
    acked++
    accepted.add(key)
    tell({ kind: 'acked', ms: performance.now() - at })
    unanswered.delete(key)
  }

  function enter(done: () => void): void {
    socket = rawSocket({
      port,
      from,
      onAnswer: status => {
        const auth = { protocol: 1, site: 'st_demo', ...(session ? { session } : {}) }
        if (status === 101) socket.send(`40/visitor,${JSON.stringify(auth)}`)
      },
      onPacket: packet => {
        if (packet.startsWith('40/visitor')) {
          void ask('session:start', {}).then(async reply => {
            const { value } = reply as unknown as { value: { session?: string } }
            session ??= value.session
            if (!conversationId) {
              const key = newId('mk')
              const started = await ask('conversation:start', {
                key,
                text: 'where is my deposit',
                locale: 'en',
              })
              conversationId = (started as unknown as { value: { conversation: { id: string } } }).value
                .conversation.id
            }
            online = true
            for (const key of unanswered) void deliver(key)
            done()
          })
          return
        }
        const ack = /^43\/visitor,(\d+)(\[.*)$/s.exec(packet)
        if (!ack) {
          if (packet.startsWith('44')) tell({ kind: 'refused', code: packet.slice(0, 200) })
          return
        }
        waiting.get(Number(ack[1]))?.(JSON.parse(ack[2] ?? '')[0])
        waiting.delete(Number(ack[1]))
      },
      onClose: () => {
        online = false
        // As the apps come back: soon, and not all at once.
        if (!stopped) setTimeout(() => enter(done), 300 + Math.random() * 700)
      },
    })
  }

  return new Promise(resolve => {
    let first = true
    let leftAt = 0
    enter(() => {
      if (first) {
        first = false
        resolve({
          send: () => {
            const key = newId('mk')
            sent++
            unanswered.add(key)
            if (online) void deliver(key)
          },
          leave: () => {
            leftAt = performance.now()
            socket.close()
          },
          missing: async () => {
            const page = (await ask('conversation:open', { conversationId, limit: 200 })) as unknown as {
              value: { messages: { key?: string }[] }
            }
            const stored = new Set(page.value.messages.map(message => message.key))
            return [...accepted].filter(key => !stored.has(key)).length
          },
        })
      } else if (leftAt > 0) {
        tell({ kind: 'back', ms: performance.now() - leftAt })
        leftAt = 0
      }
    })
  })
}

let stopped = false
const everybody: Awaited<ReturnType<typeof person>>[] = []
for (let index = 0; index < people; index += 20) {
  const some = Array.from({ length: Math.min(20, people - index) }, (_, more) => person(index + more))
  everybody.push(...(await Promise.all(some)))
}
tell({ kind: 'ready' })

let turn = 0
const writing = setInterval(() => everybody[turn++ % people]?.send(), WRITES_EVERY_MS / people)
let leaving = 0
const coming = setInterval(() => {
  leaving += 7
  everybody[leaving % people]?.leave()
}, 1000 / COME_BACK_A_SECOND)

process.on('message', async () => {
  clearInterval(writing)
  clearInterval(coming)
  await new Promise(resolve => setTimeout(resolve, 3000))
  for (const one of everybody) missing += await one.missing()
  stopped = true
  tell({ kind: 'end', sent, acked, missing })
  process.disconnect?.()
  process.exit(0)
})
