import type { Frame, Page } from 'playwright-core'

/** Everything that a browser holds of ours on disk: how many items, which keys, and all bytes as one text. */
export type Kept = { databases: number; items: number; extractable: boolean[]; text: string }

/** Reads it raw, as somebody with the device in hand would. */
export function keptIn(place: Frame | Page): Promise<Kept> {
  return place.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const kept = {
      databases: 0,
      items: 0,
      extractable: [] as boolean[],
      text: JSON.stringify({ ...localStorage, ...sessionStorage }),
    }
    const bytesOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value)
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value)
      if (typeof value === 'object' && value !== null) return Object.values(value).map(bytesOf).join(' ')
      return String(value)
    }
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await answer(indexedDB.open(name))
      kept.databases++
      for (const store of db.objectStoreNames) {
        for (const value of await answer(db.transaction(store).objectStore(store).getAll())) {
          if (value instanceof CryptoKey) kept.extractable.push(value.extractable)
          else kept.items++
          kept.text += bytesOf(value)
        }
      }
      db.close()
    }
    return kept
  })
}
