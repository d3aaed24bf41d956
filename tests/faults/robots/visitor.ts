import { createChat } from '@nightdesk/widget/visitor/chat.ts'
import type { ChatState } from '@nightdesk/widget/visitor/state.ts'
import { watcher } from '../checker.ts'
import type { Log } from '../log.ts'
import { type Door, endOf, PATIENCE, type Robot, through, viewOf, WRITES_EVERY_MS } from './robot.ts'

// Node has a localStorage for the whole process; visitors of one process must not share a session.
Object.defineProperty(globalThis, 'localStorage', { value: undefined, configurable: true })

/** How a visitor behaves: `quiet` ones write once and then only read. */
type Manner = 'writes' | 'quiet'

/** A visitor who is the visitor's app itself, without its screen. */
export function robotVisitor(by: string, door: Door, log: Log, manner: Manner = 'writes'): Robot {
  let state: ChatState | undefined
  let count = 0
  const known = new Set<string>()
  const refused = new Set<string>()
  const watch = watcher(log.live, sentAt => log.catchUp.seen(sentAt))
  const unsent = () => state?.unsent.filter(item => item.state.name !== 'refused') ?? []
  const current = () => {
    const thread = state?.view.thread
    if (!thread) return undefined
    // As the log lays it out: what has arrived in the thread is not shown a second time as sending.
    const items = unsent()
    const arrived = new Set(items.length > 0 ? thread.messages.map(message => message.key) : [])
    const waiting = items.filter(item => !arrived.has(item.key)).map(item => item.key)
    return viewOf(by, thread, waiting, 'visitor')
  }
  const host = {
    hello: { type: 'nightdesk:hello' as const, locale: 'en', theme: 'light', resume: false },
    tell: () => undefined,
    identity: async () => null,
    onShow: () => undefined,
    onCommand: () => undefined,
  }
  const chat = createChat(
    // Robots of one process share what Node has of a browser; each keeps its words to itself.
    { id: door.site, outbox: false },
    host,
    next => {
      state = next
      for (const { key, conversationId, state: its } of next.unsent) {
        if (its.name === 'refused' && !refused.has(key)) {
          refused.add(key)
          log.live.push({ fault: 'refused', about: `${by} ${its.refusal.code}` })
        }
        if (known.has(key)) continue
        known.add(key)
        log.send(by, conversationId ?? '', key)
      }
      const view = current()
      if (view) watch(view)
    },
    through(door, by, log),
  )
  chat.setShown(true)
  chat.start()
  const writing = setInterval(
    () => {
      // One conversation a visitor: the second words wait for the first to have made it.
      const made = state?.screen.name === 'chat' && state.screen.id !== null
      if ((count > 0 && (!made || manner === 'quiet')) || unsent().length > PATIENCE) return
      chat.say(`${by} says ${count++}`)
      if (count === 2) chat.getPerson()
    },
    WRITES_EVERY_MS + Math.random() * WRITES_EVERY_MS,
  )
  return {
    stop: () => clearInterval(writing),
    leave: () => void chat.shutdown(),
    waiting: () => unsent().length,
    shows: () => [current() ?? []].flat(),
    ends: () => (state?.view.thread ? [endOf(state.view.thread)] : []),
  }
}
