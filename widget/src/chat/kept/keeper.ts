import type { MessageKey } from '@nightdesk/shared/ids.ts'
import type { Wiring } from '../keeping.ts'
import type { Unsent } from '../outbox.ts'
import { GUEST, ownerOf } from './owner.ts'
import { openTabs, type Tabs } from './tabs.ts'
import { openVault, type Vault } from './vault.ts'

/**
 * Keeps the outbox of one person: on disk for as long as the server has not accepted it, and alike in all tabs.
 * Loads by itself, after the chat. Where a browser gives no storage everything goes on in memory, and that is said.
 *
 * @returns what to call with each proof of who is in front of the screen
 */
export function createKeeper(
  { name, outbox, onMemory, onRestored }: Wiring,
  isOver: (item: Unsent) => boolean,
): (proof: string | null) => void {
  let owner: string | undefined
  let vault: Vault | undefined
  let tabs: Tabs | undefined
  /** The items as the outbox has them, so that a change is seen as one. */
  let known = new Map<MessageKey, Unsent>()
  /** What the disk does not have yet; `null` is to be thrown away. */
  const dirty = new Map<MessageKey, Unsent | null>()
  /** One thing at a time: what was written last is what stays. */
  let queue = Promise.resolve()
  const next = (step: () => Promise<void>) => {
    queue = queue.then(step).catch(() => onMemory(true))
  }

  function own(proof: string | null): void {
    const now = ownerOf(proof)
    if (now === owner && vault) return
    // A guest who signs in is the same person; to anybody else it is as if nothing had been written here.
    if (owner !== undefined && owner !== now && owner !== GUEST) outbox.replace([])
    owner = now
    next(() => become(now))
  }

  /** Takes over what this owner left, and throws away what anybody else did. */
  async function become(now: string): Promise<void> {
    vault ??= await openVault(name, lose)
    tabs ??= openTabs(name, hear)
    const found = await vault.read([now, GUEST])
    if (owner !== now) return
    const left = found.map(({ item }) => item).filter(item => !known.has(item.key))
    left.sort(byAge)
    for (const { key } of left.filter(isOver)) dirty.set(key, null)
    const restored = left.filter(item => !isOver(item)).map(asWaiting)
    // All of it anew: a guest's words become the customer's, and other tabs of the same owner hear of it.
    for (const item of [...known.values(), ...restored]) note(item.key, item)
    if (restored.length > 0) {
      take(restored)
      onRestored(restored)
    }
    await save()
  }

  function changed(items: readonly Unsent[]): void {
    const before = known
    known = new Map(items.map(item => [item.key, item]))
    for (const key of before.keys()) if (!known.has(key)) note(key, null)
    for (const item of items) if (isNews(before.get(item.key), item)) note(item.key, item)
    if (dirty.size > 0) next(save)
  }

  function note(key: MessageKey, item: Unsent | null): void {
    dirty.set(key, item && item.state.name !== 'accepted' && !isOver(item) ? item : null)
    if (owner !== undefined) tabs?.tell({ owner, key, item })
  }

  async function save(): Promise<void> {
    if (!vault || owner === undefined || dirty.size === 0) return
    const changes = [...dirty]
    dirty.clear()
    await vault.write(owner, changes)
    onMemory(false)
  }

  /** News of another tab. It wrote them down itself. */
  function hear(news: { owner: string; key: MessageKey; item: Unsent | null }): void {
    if (news.owner !== owner) return
    if (news.item === null) {
      known.delete(news.key)
      outbox.remove(news.key)
    } else if (news.item.state.name !== 'accepted' || known.has(news.key)) take([news.item])
  }

  function take(items: readonly Unsent[]): void {
    for (const item of items) known.set(item.key, item)
    outbox.replace([...known.values()].sort(byAge))
  }

  /** The storage is gone: this person logged out in another tab, or the browser wants its room back. */
  function lose(deleted: boolean): void {
    vault = undefined
    if (deleted) outbox.replace([])
    dirty.clear()
    onMemory(true)
  }

  outbox.keepWith({
    changed,
    alone: work => (vault && tabs ? tabs.alone(work) : work()),
  })
  return own
}

const byAge = (a: Unsent, b: Unsent): number => a.writtenAt - b.writtenAt

/** What was on its way when the page ended is on its way again, under the same key. */
function asWaiting(item: Unsent): Unsent {
  return item.state.name === 'refused' ? item : { ...item, state: { name: 'sending' } }
}

/** How late words are, every tab sees by itself. */
function isNews(before: Unsent | undefined, now: Unsent): boolean {
  if (!before || before.conversationId !== now.conversationId) return true
  const { name } = now.state
  return before.state.name !== name && (name === 'accepted' || name === 'refused')
}
