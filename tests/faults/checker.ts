/**
 * The history checker, after Jepsen: every client writes down what it tried, what was acknowledged and what it
 * showed; the checker holds that against what is stored at the end. It knows nothing of how any of it came about.
 */
type Sent = { key: string; text: string; by: string; conversation: string }
type Acked = { key: string; by: string; id: string; seq: number }
/** What one observer had on screen at one moment, oldest first. `waitingKeys` is what it showed as sending. */
export type Shown = {
  by: string
  conversation: string
  ids: string[]
  sentKeys: string[]
  waitingKeys: string[]
}
export type Stored = { id: string; seq: number; key: string | undefined; text: string | undefined }

export type Finding = { fault: Fault; about: string }

export type History = {
  sent: Sent[]
  acked: Acked[]
  /** What was seen to go wrong on a screen while it happened; see `watcher`. */
  live: Finding[]
  /** The last thing each observer showed, once everything had time to arrive. */
  atRest: Shown[]
  stored: Map<string, Stored[]>
}

type Fault =
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

/** Answers every fault with what it is about; an empty list is the guarantee G1–G5 kept. */
export function check(history: History): Finding[] {
  const faults: Finding[] = [...history.live]
  const find = (fault: Fault, about: string) => faults.push({ fault, about })
  const byKey = new Map<string, Stored[]>()
  const order = new Map<string, string[]>()

  for (const [conversation, messages] of history.stored) {
    order.set(
      conversation,
      messages.map(message => message.id),
    )
    messages.forEach((message, index) => {
      if (message.seq !== index + 1) find('gap in seq', `${conversation} ${message.seq}`)
      if (message.key) byKey.set(message.key, [...(byKey.get(message.key) ?? []), message])
    })
  }
  for (const [key, messages] of byKey) if (messages.length > 1) find('stored twice', key)

  for (const { key, id, seq } of history.acked) {
    const [message] = byKey.get(key) ?? []
    if (!message) find('acked but missing', key)
    else if (message.id !== id || message.seq !== seq) find('acked as another message', key)
  }

  const bySender = Map.groupBy(history.sent, one => `${one.by} ${one.conversation}`)
  for (const [sender, sent] of bySender) {
    const seqs = sent.flatMap(({ key }) => byKey.get(key)?.[0]?.seq ?? [])
    if (seqs.some((seq, index) => index > 0 && seq < (seqs[index - 1] ?? 0)))
      find('sender order broken', sender)
  }

  for (const { by, conversation, ids, sentKeys } of history.atRest) {
    const truth = order.get(conversation) ?? []
    for (const id of ids) if (!truth.includes(id)) find('phantom', `${by} ${id}`)
    const start = truth.indexOf(ids[0] ?? '')
    if (ids.some((id, index) => truth[start + index] !== id)) find('not a prefix', by)
    if (ids.at(-1) !== truth.at(-1)) find('gap at rest', by)
    for (const key of sentKeys) if (!byKey.has(key)) find('shown as sent before acceptance', `${by} ${key}`)
  }
  return faults
}

/**
 * Watches one screen: it may only grow, at its end (news) or at its beginning (earlier messages). Anything else
 * took something back, reordered or repeated it. Answers what to call with each new view.
 */
export function watcher(live: Finding[]): (view: Shown) => void {
  let held: Shown | undefined
  return view => {
    const before = held
    held = view
    const { by, ids } = view
    if (new Set(ids).size < ids.length) live.push({ fault: 'shown twice', about: by })
    if (view.waitingKeys.some(key => view.sentKeys.includes(key)))
      live.push({ fault: 'shown twice', about: by })
    if (!before || before.conversation !== view.conversation || before.ids.length === 0) return
    const start = ids.indexOf(before.ids[0] ?? '')
    if (before.ids.some((id, index) => ids[start + index] !== id))
      live.push({ fault: 'not a prefix', about: by })
  }
}
