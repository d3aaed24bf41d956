import type { Line } from '../chat/connection2.ts'
import type { Unsent } from '../chat/outbox2.ts'

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
  return (line: Line, unsent: readonly Unsent[]): void => {
    const connected = line.state === 'connected'
    if (!connected && timer === undefined && !down) {
      timer = setTimeout(() => {
        down = true
        show('down')
      }, SAID_AFTER_MS)
    }
    if (!connected || unsent.some(item => item.state.name !== 'refused')) return
    clearTimeout(timer)
    timer = undefined
    if (!down) return
    down = false
    show('back')
    setTimeout(() => !down && show('none'), PRAISED_FOR_MS)
  }
}
