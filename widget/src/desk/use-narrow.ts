import { useEffect, useState } from 'preact/hooks'

/** Where the desk shows one pane at a time; `styles/frame.css` draws the same line. */
const narrow = matchMedia('(max-width: 799px)')

export const isNarrow = (): boolean => narrow.matches

export function useNarrow(): boolean {
  const [now, setNow] = useState(narrow.matches)
  useEffect(() => {
    const look = () => setNow(narrow.matches)
    narrow.addEventListener('change', look)
    return () => narrow.removeEventListener('change', look)
  }, [])
  return now
}
