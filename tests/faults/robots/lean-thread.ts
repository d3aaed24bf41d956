import type { Message } from '@nightdesk/shared/message.ts'
import type { Shown } from '../checker.ts'
import type { Log } from '../log.ts'

type Page = { messages: Message[]; more: boolean }

/**
 * One conversation as a lean observer shows it: it grows by the next seq and by nothing else. What does not follow
 * is asked for by seq.
 */
export function leanThread(by: string, conversation: string, own: string, log: Log) {
  const ids: string[] = []
  const sentKeys: string[] = []
  let first = 0
  let isBehind = false
  let isAsking = false

  /** Answers whether it follows; a message that is shown already must be the same one. */
  function show({ id, seq, sentAt, author, key }: Message, isNews: boolean): boolean {
    if (ids.length === 0) first = seq
    const place = seq - first
    if (place > ids.length) {
      isBehind = true
      return false
    }
    if (place < ids.length) {
      if (place >= 0 && ids[place] !== id) log.live.push({ fault: 'not a prefix', about: `${by} ${seq}` })
      return true
    }
    ids.push(id)
    if (key && author.role === own) sentKeys.push(key)
    if (isNews) log.catchUp.seen(sentAt)
    return true
  }

  return {
    show,
    /** Asks for what is missing, page by page, and again for what came meanwhile. Answers whether it got the end. */
    catchUp: async (ask: (after: number) => Promise<Page | undefined>): Promise<boolean> => {
      if (isAsking) return true
      isAsking = true
      for (let more = true; more; ) {
        isBehind = false
        const known = ids.length > 0
        const page = await ask(known ? first + ids.length - 1 : 0)
        if (page) for (const message of page.messages) show(message, known)
        isAsking = page !== undefined
        if (!page) return false
        more = page.more || isBehind
      }
      isAsking = false
      return true
    },
    shown: (waitingKeys: string[]): Shown => ({ by, conversation, ids, sentKeys, waitingKeys }),
    end: () => ({ conversation, id: ids.at(-1) }),
  }
}

export type LeanThread = ReturnType<typeof leanThread>
