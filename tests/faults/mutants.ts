import type { Parts } from '@nightdesk/server/parts.ts'
import type { Appended, Store } from '@nightdesk/server/store/store.ts'

/**
 * Servers that are broken on purpose, one for each promise, so that the checker is seen to bite. A run against a
 * mutant must fail; one that passes means that the run proves nothing.
 */
export const MUTANTS = [
  'ack-before-commit',
  'forgets-keys',
  'fan-out-before-store',
  'catches-up-by-time',
  'believes-it-missed-nothing',
] as const
export type Mutant = (typeof MUTANTS)[number]

export function mutate(mutant: string | undefined, parts: Parts): Parts {
  switch (mutant as Mutant | undefined) {
    case 'ack-before-commit':
      return { ...parts, store: acksBeforeCommit(parts.store) }
    case 'forgets-keys':
      return { ...parts, store: forgetsKeys(parts.store) }
    case 'fan-out-before-store':
      return fansOutBeforeStore(parts)
    case 'catches-up-by-time':
      return { ...parts, store: catchesUpByTime(parts) }
    case 'believes-it-missed-nothing':
      return { ...parts, store: believesItMissedNothing(parts.store) }
    case undefined:
      return parts
  }
}

/** Answers from memory and writes a quarter of a second later: what a crash in between takes, nobody misses. */
function acksBeforeCommit(store: Store): Store {
  const pending = new Map<string, Promise<unknown>>()
  const ahead = new Map<string, number>()
  return {
    ...store,
    append: async (id, at, append) => {
      const { keyed } = append
      const conversation = await store.conversation(id)
      if (!conversation || !keyed) {
        await pending.get(id)
        return store.append(id, at, append)
      }
      const lastSeq = Math.max(ahead.get(id) ?? 0, conversation.lastSeq) + 1
      ahead.set(id, lastSeq)
      const before = pending.get(id) ?? Promise.resolve()
      const later = before
        .then(() => new Promise(done => setTimeout(done, 250)))
        .then(() => store.append(id, at, append))
        .catch(() => undefined)
      pending.set(id, later)
      const draft = { author: keyed.author, body: keyed.body, key: keyed.key }
      const message = {
        ...draft,
        id: `ms_${keyed.key.slice(3)}`,
        conversationId: id,
        seq: lastSeq,
        sentAt: at,
      }
      return { conversation: { ...conversation, lastSeq }, added: [], message } as unknown as Appended
    },
  }
}

/** Stores a retry as a new message. */
function forgetsKeys(store: Store): Store {
  return {
    ...store,
    append: (id, at, { keyed, ...append }) => {
      if (!keyed) return store.append(id, at, append)
      const fresh = { author: keyed.author, body: keyed.body }
      return store.append(id, at, {
        decide: conversation => {
          const { state, drafts } = append.decide(conversation)
          return { ...(state ? { state } : {}), drafts: drafts.length > 0 ? [fresh] : [] }
        },
      })
    },
  }
}

/** Tells first and stores after; what the store then refuses or a crash takes was seen by everybody. */
function fansOutBeforeStore(parts: Parts): Parts {
  const { store, live } = parts
  return {
    ...parts,
    store: {
      ...store,
      append: async (id, at, append) => {
        const { keyed } = append
        const conversation = await store.conversation(id)
        if (conversation && keyed) {
          const seq = conversation.lastSeq + 1
          const early = {
            author: keyed.author,
            body: keyed.body,
            id: `ms_${'x'.repeat(22)}`,
            conversationId: id,
            seq,
            sentAt: at,
          }
          const news = { ...conversation, lastSeq: seq }
          live.publish({ kind: 'changed', conversation: news, added: [early as never] })
        }
        return store.append(id, at, append)
      },
    },
  }
}

/** Answers "what came after this?" with what came lately, as desks do that catch up by a window of time. */
function catchesUpByTime({ store, now }: Parts): Store {
  return {
    ...store,
    page: async (id, range, limit) => {
      const page = await store.page(id, range, limit)
      if (!page || range === 'latest' || !('after' in range)) return page
      return { ...page, messages: page.messages.filter(({ sentAt }) => sentAt > now() - 2000), more: false }
    },
  }
}

/**
 * Says that nothing was missed, as a client believes whose line was "recovered" from a buffer that did not hold it
 * all: connection state recovery that stands in for asking by seq.
 */
function believesItMissedNothing(store: Store): Store {
  return {
    ...store,
    page: async (id, range, limit) => {
      const page = await store.page(id, range, limit)
      if (!page || range === 'latest' || !('after' in range)) return page
      return { conversation: { ...page.conversation, lastSeq: range.after }, messages: [], more: false }
    },
  }
}
