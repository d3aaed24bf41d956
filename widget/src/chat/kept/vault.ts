import type { MessageKey } from '@nightdesk/shared/ids.ts'
import type { Unsent } from '../outbox.ts'

/** What lies on disk: ciphertext under a random name. Whose it is says only who can open it. */
type Row = { key: MessageKey; iv: Uint8Array<ArrayBuffer>; box: ArrayBuffer }
type Found = { item: Unsent; owner: string }

export type Vault = {
  /** Everything that opens for one of these owners; what opens for none of them is thrown away. */
  read(owners: readonly string[]): Promise<Found[]>
  /** Writes items down for their owner, and throws away those that are `null`, in one transaction. */
  write(owner: string, changes: readonly [MessageKey, Unsent | null][]): Promise<void>
}

const VERSION = 1
const ITEMS = 'items'
const KEYS = 'keys'
const OPENS_WITHIN_MS = 5000

/**
 * Unsent items in IndexedDB, each AES-GCM encrypted under a key that no script can read, with its owner as
 * additional data: an item of somebody else does not open. Rejects where a browser has no storage to give.
 *
 * @param onGone told when the database is deleted (`true`) or closed by the browser
 */
export async function openVault(name: string, onGone: (deleted: boolean) => void): Promise<Vault> {
  // Without a secure context there is no cipher; better to know it now than at the first words.
  if (!crypto.subtle) throw new Error('no cipher')
  const db = await openDatabase(`nightdesk:${name}`)
  db.onversionchange = ({ newVersion }) => {
    db.close()
    onGone(newVersion === null)
  }
  db.onclose = () => onGone(false)
  const key = await ensureKey(db)
  const aboutOwner = (owner: string) => new TextEncoder().encode(JSON.stringify([VERSION, name, owner]))

  async function lock(owner: string, item: Unsent): Promise<Row> {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const words = new TextEncoder().encode(JSON.stringify(item))
    const how = { name: 'AES-GCM', iv, additionalData: aboutOwner(owner) }
    return { key: item.key, iv, box: await crypto.subtle.encrypt(how, key, words) }
  }

  async function unlock(owner: string, { iv, box }: Row): Promise<Unsent | null> {
    try {
      const how = { name: 'AES-GCM', iv, additionalData: aboutOwner(owner) }
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, box)))
    } catch {
      return null
    }
  }

  async function write(owner: string, changes: readonly [MessageKey, Unsent | null][]): Promise<void> {
    const rows = await Promise.all(changes.flatMap(([, item]) => (item ? lock(owner, item) : [])))
    const transaction = db.transaction(ITEMS, 'readwrite', { durability: 'strict' })
    const store = transaction.objectStore(ITEMS)
    try {
      for (const [name, item] of changes) if (!item) store.delete(name)
      for (const row of rows) store.put(row)
    } catch (error) {
      transaction.abort()
      throw error
    }
    await commit(transaction)
  }

  async function read(owners: readonly string[]): Promise<Found[]> {
    const rows: Row[] = await answerOf(db.transaction(ITEMS).objectStore(ITEMS).getAll())
    const found: Found[] = []
    const foreign: [MessageKey, null][] = []
    for (const row of rows) {
      const opened = await firstOf(owners, owner => unlock(owner, row))
      if (opened) found.push(opened)
      else foreign.push([row.key, null])
    }
    if (foreign.length > 0) await write('', foreign)
    return found
  }

  return { read, write }
}

/** Of two tabs that make a key at the same time, the first one's holds. */
async function ensureKey(db: IDBDatabase): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  const store = db.transaction(KEYS, 'readwrite').objectStore(KEYS)
  const has: CryptoKey | undefined = await answerOf(store.get(KEYS))
  if (!has) await answerOf(store.put(made, KEYS))
  return has ?? made
}

async function firstOf(
  owners: readonly string[],
  unlock: (owner: string) => Promise<Unsent | null>,
): Promise<Found | undefined> {
  for (const owner of owners) {
    const item = await unlock(owner)
    if (item) return { item, owner }
  }
  return undefined
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, VERSION)
    // Some browsers never answer.
    setTimeout(() => reject(new Error('no answer')), OPENS_WITHIN_MS)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(ITEMS, { keyPath: 'key' })
      opening.result.createObjectStore(KEYS)
    }
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
}

function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Said at once and not when the page is idle: a page that ends now has still written. */
function commit(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    transaction.commit()
  })
}
