import 'fake-indexeddb/auto'
import { newId } from '@nightdesk/shared/ids.ts'
import { afterEach, expect, test, vi } from 'vitest'
import type { Unsent } from '../outbox.ts'
import { openVault } from './vault.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const words = (text: string): Unsent => ({
  key: newId('mk'),
  conversationId: newId('cv'),
  text,
  writtenAt: Date.now(),
  state: { name: 'sending' },
})

const open = (name: string, onGone: (deleted: boolean) => void = () => {}) => openVault(name, onGone)

/** A store as it lies on disk. */
function raw<Value>(name: string, store: string): Promise<Value[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(`nightdesk:${name}`)
    opening.onerror = reject
    opening.onsuccess = () => {
      const request = opening.result.transaction(store).objectStore(store).getAll()
      request.onsuccess = () => {
        opening.result.close()
        resolve(request.result)
      }
    }
  })
}

type Row = { iv: Uint8Array; box: ArrayBuffer }
const text = new TextDecoder('latin1')

test('[S-5] what lies on disk tells no word, and its key cannot be taken away', async () => {
  const vault = await open('raw')
  const item = words('my seed phrase is apple')
  await vault.write('ada', [[item.key, item]])
  const [row] = await raw<Row>('raw', 'items')
  expect(text.decode(row?.box)).not.toMatch(/apple|seed|ada/)
  expect(Object.keys(row ?? {}).sort()).toEqual(['box', 'iv', 'key'])
  const [key] = await raw<CryptoKey>('raw', 'keys')
  expect(key?.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', key as CryptoKey)).rejects.toThrow()
  expect(await (await open('raw')).read(['ada'])).toEqual([{ item, owner: 'ada' }])
})

test('the same words twice are two different texts on disk', async () => {
  const vault = await open('iv')
  const item = words('ok')
  await vault.write('ada', [[item.key, item]])
  const first = await raw<Row>('iv', 'items')
  await vault.write('ada', [[item.key, item]])
  const second = await raw<Row>('iv', 'items')
  expect(first).toHaveLength(1)
  expect(second).toHaveLength(1)
  expect(first[0]?.iv).not.toEqual(second[0]?.iv)
  expect(text.decode(first[0]?.box)).not.toBe(text.decode(second[0]?.box))
})

test('[S-5] what somebody else left does not open, and is thrown away', async () => {
  const vault = await open('others')
  const [hers, his] = [words('between Ada and us'), words('mine')]
  await vault.write('ada', [[hers.key, hers]])
  await vault.write('tomas', [[his.key, his]])
  expect(await vault.read(['tomas', 'guest'])).toEqual([{ item: his, owner: 'tomas' }])
  expect(await vault.read(['ada'])).toEqual([])
  expect(await raw('others', 'items')).toEqual([])
})

test('words kept for one site do not open for another', async () => {
  const [one, other] = [await open('site-one'), await open('site-other')]
  const item = words('hello')
  await one.write('ada', [[item.key, item]])
  expect(await other.read(['ada'])).toEqual([])
})

test('two tabs that begin together have one key', async () => {
  const [one, other] = await Promise.all([open('twice'), open('twice')])
  const item = words('hello')
  await one.write('ada', [[item.key, item]])
  expect(await other.read(['ada'])).toHaveLength(1)
  expect(await raw('twice', 'keys')).toHaveLength(1)
})

test('[S-5] whoever is open lets go when everything is deleted, and hears of it', async () => {
  const gone = vi.fn()
  const vault = await open('deleted', gone)
  const item = words('hello')
  await vault.write('ada', [[item.key, item]])
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('nightdesk:deleted')
    request.onsuccess = resolve
    request.onblocked = reject
  })
  expect(gone).toHaveBeenCalledWith(true)
  await expect(vault.write('ada', [[item.key, item]])).rejects.toThrow()
})

test('without a cipher nothing is kept', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  await expect(open('insecure')).rejects.toThrow('no cipher')
})
