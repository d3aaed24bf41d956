import type { Line } from '../chat/connection.ts'
import type { Unsent } from '../chat/outbox.ts'

export type BannerState = 'none' | 'down' | 'back'

const SAID_AFTER_MS = 2000
const PRAISED_FOR_MS = 3000

/**
 * Says that the line is down after two seconds, and that all is well for three: "everything was sent" is said
 * when it is so. Answers what to call when the line or the outbox changes.
 */
export function bannerOf(show: (banner: BannerState) => void) {
  let down = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const later = (wait: number, act: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      act()
    }, wait)
  }
  let wasConnected = true
  return (line: Line, unsent: readonly Unsent[]): void => {
    const connected = line.state === 'connected'
    if (!connected && wasConnected && !down) {
      later(SAID_AFTER_MS, () => {
        down = true
        show('down')
      })
    }
    if (connected && !wasConnected && !down) clearTimeout(timer)
    wasConnected = connected
    if (!connected || !down || unsent.some(item => item.state.name !== 'refused')) return
    down = false
    show('back')
    later(PRAISED_FOR_MS, () => show('none'))
  }
}
