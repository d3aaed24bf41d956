import { useEffect } from 'preact/hooks'

/** Every key of the desk, for the list that `?` opens and for the effect below. */
export type Keys = { [letter: string]: (() => void) | undefined }

const mac = /Mac|iP(hone|ad|od)/.test(navigator.platform)

export const alt = (letter: string): string => (mac ? `⌥ ${letter}` : `Alt ${letter}`)
export const sendKey = mac ? '⌘ ↵' : 'Ctrl ↵'

/** Listens for Alt and a letter, and for `?` outside of what people write in. */
export function useKeys(keys: Keys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat || dialogIsOpen()) return
      const wish = keys[nameOf(event) ?? '']
      if (!wish) return
      event.preventDefault()
      wish()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
}

function nameOf(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey || event.getModifierState('AltGraph')) return null
  const inField = isField(event.target)
  if (!event.altKey) return event.key === '?' && !inField ? '?' : null
  if (mac && inField && writesLetter(event.key)) return null
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase()
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? null
}

/** On a Mac, Option writes: ł, ę and the accent that é starts with belong to a reply, they are no wish to end it. */
const writesLetter = (key: string): boolean =>
  key === 'Dead' || (/^\p{L}$/u.test(key) && !/^[a-z]$/i.test(key))

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

const dialogIsOpen = (): boolean => document.querySelector('dialog[open]') !== null
