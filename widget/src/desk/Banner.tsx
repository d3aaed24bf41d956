import { useEffect, useState } from 'preact/hooks'
import type { Line } from '../chat/connection.ts'
import { Icon } from '../chat/icon.tsx'
import { check, noLine } from '../chat/icons.ts'

export type LineNews = 'lost' | 'catchingUp' | 'back' | null

const QUIET_FOR_MS = 2000
const BACK_FOR_MS = 3000

/** What to say about the line: nothing of a short loss, and a moment of "back" after a long one. */
export function useLineNews(line: Line['state'], catchingUp: boolean): LineNews {
  const [told, setTold] = useState<'lost' | 'back' | null>(null)
  const connected = line === 'connected'

  useEffect(() => {
    if (connected && told === 'lost' && !catchingUp) setTold('back')
    if (connected) return
    const timer = setTimeout(() => setTold('lost'), QUIET_FOR_MS)
    return () => clearTimeout(timer)
  }, [connected, catchingUp, told])

  useEffect(() => {
    if (told !== 'back') return
    const timer = setTimeout(() => setTold(null), BACK_FOR_MS)
    return () => clearTimeout(timer)
  }, [told])

  if (told === 'back' && !connected) return null
  return told === 'lost' && connected ? 'catchingUp' : told
}

type Props = { news: LineNews; unsent: number; onRetry: () => void }

export function Banner({ news, unsent, onRetry }: Props) {
  return (
    <div class="banner" role="status" data-news={news ?? 'none'}>
      {news === 'lost' && (
        <>
          <Icon d={noLine} small />
          <p>No connection. Messages wait here and go out by themselves.</p>
          <button type="button" class="link" onClick={onRetry}>
            Retry
          </button>
        </>
      )}
      {news === 'catchingUp' && <p>Fetching what you missed</p>}
      {news === 'back' && (
        <>
          <Icon d={check} small />
          <p>{unsent === 0 ? 'Connected. Everything was sent.' : 'Connected. Sending what waited.'}</p>
        </>
      )}
    </div>
  )
}
