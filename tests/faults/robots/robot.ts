import type { Message } from '@nightdesk/shared/message.ts'
import type { Thread } from '@nightdesk/shared/view/thread.ts'
import type { OpenSocket } from '@nightdesk/widget/chat/connection.ts'
import { io, type Socket } from 'socket.io-client'
import type { Shown } from '../checker.ts'
import type { Log } from '../log.ts'

/** A client that keeps writing by itself. */
export type Robot = {
  /** Ends the writing; what is written is still delivered. */
  stop(): void
  leave(): void
  /** How much is not accepted yet, or accepted and not seen yet. */
  waiting(): number
  shows(): Shown[]
  /** The last message that it shows of each conversation. */
  ends(): { conversation: string; id: string | undefined }[]
}
export type Door = { url: string; origin: string; site: string }

export const WRITES_EVERY_MS = 150
/** Nobody writes on and on into the dark; without this a long run ends with minutes of backlog. */
export const PATIENCE = 20

/** Opens sockets as the apps do, through the proxy, and writes down every acknowledgement of a message. */
export function through(door: Door, by: string, log: Log, cookie?: string): OpenSocket {
  return (namespace, auth) => {
    const socket: Socket = io(door.url + namespace, {
      transports: ['websocket'],
      forceNew: true,
      auth,
      reconnectionDelay: 50,
      reconnectionDelayMax: 400,
      timeout: 3000,
      extraHeaders: { origin: door.origin, ...(cookie ? { cookie } : {}) },
    })
    const ask = socket.emitWithAck.bind(socket)
    socket.emitWithAck = async (event: string, input: { key?: string }) => {
      const reply = await ask(event, input)
      const { key = '' } = input
      if (!reply.ok) return reply
      if (event === 'message:send') log.acked.push({ key, by, id: reply.value.id, seq: reply.value.seq })
      if (event === 'conversation:start') {
        const first = reply.value.messages.find((message: Message) => message.key === key)
        log.acked.push({ key, by, id: first.id, seq: first.seq })
      }
      return reply
    }
    return socket
  }
}

export function viewOf(by: string, thread: Thread, waitingKeys: string[], ownRole: string) {
  const ids: string[] = []
  const sentAts: number[] = []
  const sentKeys: string[] = []
  for (const { id, sentAt, author, key } of thread.messages) {
    ids.push(id)
    sentAts.push(sentAt)
    if (key && author.role === ownRole) sentKeys.push(key)
  }
  return { by, conversation: thread.conversation.id, ids, sentAts, sentKeys, waitingKeys }
}

export const endOf = (thread: Thread) => ({
  conversation: thread.conversation.id,
  id: thread.messages.at(-1)?.id,
})
