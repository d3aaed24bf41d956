import type { Refusal } from '@nightdesk/shared/errors.ts'
import WebSocket from 'ws'
import { between } from '../clock.ts'
import type { Door } from './robot.ts'

type Reply = { ok: true; value: unknown } | { ok: false; error: Refusal }

type Wiring = {
  namespace: '/visitor' | '/agent'
  auth: () => object
  cookie?: string
  onConnect: () => void
  onTell: (event: string, news: unknown) => void
  onRefused?: (code: string) => void
  /** How long to wait before a lost line is tried again. */
  comesBackAfter?: () => number
}

const ANSWER_WITHIN_MS = 10_000
const OPENS_WITHIN_MS = 5_000
const NO_ANSWER: Reply = { ok: false, error: { code: 'NOT_READY', message: '', retry: 'later' } }

/**
 * The protocol of socket.io over a bare WebSocket, so that one process can be thousands of clients: text packets
 * (https://socket.io/docs/v4/socket-io-protocol/), a line that comes back by itself, asks that end in an answer.
 */
export function leanLine(door: Door, wiring: Wiring) {
  const { namespace, comesBackAfter = () => between(30, 300) } = wiring
  const pending = new Map<number, (reply: Reply) => void>()
  let socket: WebSocket
  let nextAsk = 0
  let isOpen = false
  let hasLeft = false
  let waitingToOpen: ReturnType<typeof setTimeout>
  let pulse: ReturnType<typeof setTimeout> | undefined

  function dial(): void {
    const url = `${door.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
    const headers = wiring.cookie ? { cookie: wiring.cookie } : {}
    const dialled = new WebSocket(url, { origin: door.origin, headers, perMessageDeflate: false })
    socket = dialled
    waitingToOpen = setTimeout(() => dialled.terminate(), OPENS_WITHIN_MS)
    dialled.on('message', data => hear(String(data)))
    dialled.on('error', () => undefined)
    dialled.on('close', lost)
  }

  function lost(): void {
    isOpen = false
    clearTimeout(waitingToOpen)
    clearTimeout(pulse)
    for (const done of pending.values()) done(NO_ANSWER)
    pending.clear()
    if (!hasLeft) setTimeout(() => hasLeft || dial(), comesBackAfter())
  }

  function hear(packet: string): void {
    if (packet === '2') {
      pulse?.refresh()
      socket.send('3')
      return
    }
    if (packet.startsWith('0')) {
      const { pingInterval, pingTimeout } = JSON.parse(packet.slice(1))
      pulse = setTimeout(() => socket.terminate(), pingInterval + pingTimeout)
      socket.send(`40${namespace},${JSON.stringify(wiring.auth())}`)
      return
    }
    const comma = packet.indexOf(',')
    switch (packet.slice(0, 2)) {
      case '40':
        clearTimeout(waitingToOpen)
        isOpen = true
        wiring.onConnect()
        return
      case '42': {
        const [event, news] = JSON.parse(packet.slice(comma + 1))
        wiring.onTell(event, news)
        return
      }
      case '43': {
        const start = packet.indexOf('[')
        answered(Number(packet.slice(comma + 1, start)), JSON.parse(packet.slice(start))[0])
        return
      }
      case '44':
        wiring.onRefused?.(JSON.parse(packet.slice(comma + 1)).data?.code)
        socket.terminate()
        return
      default:
        // A farewell: the line ends and comes back.
        socket.terminate()
    }
  }

  function answered(ask: number, reply: Reply): void {
    const done = pending.get(ask)
    pending.delete(ask)
    done?.(reply)
  }

  dial()

  return {
    isOpen: () => isOpen,
    ask: (event: string, input: object): Promise<Reply> => {
      if (!isOpen) return Promise.resolve(NO_ANSWER)
      const ask = nextAsk++
      socket.send(`42${namespace},${ask}${JSON.stringify([event, input])}`)
      return new Promise(resolve => {
        const late = setTimeout(() => {
          pending.delete(ask)
          resolve(NO_ANSWER)
        }, ANSWER_WITHIN_MS)
        const done = (reply: Reply) => {
          clearTimeout(late)
          resolve(reply)
        }
        pending.set(ask, done)
      })
    },
    /** Stops reading: what the server tells piles up on its side. */
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    /** Ends this line; another one follows. */
    hangUp: () => socket.terminate(),
    leave: () => {
      hasLeft = true
      socket.terminate()
    },
  }
}
