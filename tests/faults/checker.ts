/**
 * The history checker, after Jepsen: every client writes down what it tried, what was acknowledged and what it
 * showed; the checker holds that against what is stored at the end. It knows nothing of how any of it came about.
 */
export type Acked = { key: string; by: string; id: string; seq: number }
/** What one observer had on screen at one moment, oldest first. `waitingKeys` is what it showed as sending. */
export type Shown = {
  by: string
  conversation: string
  ids: string[]
  sentKeys: string[]
  waitingKeys: string[]
}
export type Stored = { id: string; seq: number; key: string | undefined }

export type Finding = { fault: Fault; about: string }

export type History = {
  /** The keys of every sender and conversation, in the order in which they were sent. */
  sent: Map<string, string[]>
  acked: Acked[]
  /** What was seen to go wrong while it happened; see `watcher`. */
  live: Finding[]
  /** The last thing each observer showed, once everything had time to arrive. */
  atRest: Shown[]
  stored: Map<string, Stored[]>
}

export type Fault =
  | 'acked but missing'
  | 'acked as another message'
  | 'stored twice'
  | 'shown twice'
  | 'not a prefix'
  | 'gap at rest'
  | 'sender order broken'
  | 'phantom'
  | 'shown as sent before acceptance'
  | 'gap in seq'
  | 'refused'
  | 'promise broken'

/** Answers every fault with what it is about; an empty list is the guarantee G1–G5 kept. */
export function check(history: History): Finding[] {
  const faults: Finding[] = [...history.live]
  const find = (fault: Fault, about: string) => faults.push({ fault, about })
  const byKey = new Map<string, Stored>()
  for (const [conversation, messages] of history.stored) {
    messages.forEach((message, index) => {
      if (message.seq !== index + 1) find('gap in seq', `${conversation} ${message.seq}`)
      if (!message.key) return
      if (byKey.has(message.key)) find('stored twice', message.key)
      else byKey.set(message.key, message)
    })
  }

  for (const { key, id, seq } of history.acked) {
    const message = byKey.get(key)
    if (!message) find('acked but missing', key)
    else if (message.id !== id || message.seq !== seq) find('acked as another message', key)
  }

  for (const [sender, keys] of history.sent) {
    let last = 0
    for (const key of keys) {
      const seq = byKey.get(key)?.seq ?? last
      if (seq < last) find('sender order broken', `${sender} ${key}`)
      last = seq
    }
  }

  const observers = Map.groupBy(history.atRest, view => view.conversation)
  for (const [conversation, views] of observers) {
    const truth = history.stored.get(conversation) ?? []
    const places = new Map(truth.map(({ id }, index) => [id, index]))
    for (const { by, ids, sentKeys } of views) {
      for (const id of ids) if (!places.has(id)) find('phantom', `${by} ${id}`)
      const start = places.get(ids[0] ?? '') ?? 0
      if (ids.some((id, index) => truth[start + index]?.id !== id)) find('not a prefix', by)
      if (ids.at(-1) !== truth.at(-1)?.id) find('gap at rest', `${by} ${conversation}`)
      for (const key of sentKeys) if (!byKey.has(key)) find('shown as sent before acceptance', `${by} ${key}`)
    }
  }
  return faults
}

type Watched = Shown & { sentAts: number[] }

/**
 * Watches one screen: it may only grow, at its end (news) or at its beginning (earlier messages). Anything else
 * took something back, reordered or repeated it. Answers what to call with each new view.
 *
 * @param seen told when a message that came in after the screen was opened is first shown
 */
export function watcher(live: Finding[], seen: (sentAt: number) => void): (view: Watched) => void {
  let held: Watched | undefined
  let heldIds = new Set<string>()

  /** Reads the whole view anew: another conversation, earlier messages, or something went wrong. */
  function look({ by, ids }: Watched): void {
    heldIds = new Set(ids)
    if (heldIds.size < ids.length) live.push({ fault: 'shown twice', about: by })
  }

  return view => {
    const before = held
    held = view
    const { by, ids, sentKeys, waitingKeys } = view
    if (waitingKeys.length > 0) {
      const sent = new Set(sentKeys)
      if (waitingKeys.some(key => sent.has(key))) live.push({ fault: 'shown twice', about: by })
    }
    if (!before || before.conversation !== view.conversation || before.ids.length === 0) return look(view)
    const start = ids.indexOf(before.ids[0] ?? '')
    const grew = start === 0 && before.ids.every((id, index) => ids[index] === id)
    if (!grew) {
      if (before.ids.some((id, index) => ids[start + index] !== id))
        live.push({ fault: 'not a prefix', about: by })
      return look(view)
    }
    for (let index = before.ids.length; index < ids.length; index++) {
      const id = ids[index] ?? ''
      if (heldIds.has(id)) live.push({ fault: 'shown twice', about: by })
      heldIds.add(id)
      seen(view.sentAts[index] ?? 0)
    }
  }
}
