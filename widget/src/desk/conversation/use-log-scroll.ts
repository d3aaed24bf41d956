import type { Message } from '@nightdesk/shared/message.ts'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** This near counts as being at the end. */
const NEAR = 40

/**
 * Keeps a log where its reader is: at the end it follows what is said; anywhere else it stands still, whether
 * earlier messages come above or new ones below.
 *
 * @param own how many lines of the agent stand in the log: their own words always come into view.
 */
export function useLogScroll(messages: readonly Message[], own: number) {
  const box = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const [news, setNews] = useState(false)
  const held = useRef({ atEnd: true, height: 0, first: 0, last: 0, own })

  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight
  }

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const was = held.current
    const first = messages[0]?.seq ?? 0
    const last = messages.at(-1)?.seq ?? 0
    if (first < was.first) element.scrollTop += element.scrollHeight - was.height
    else if (was.atEnd || own > was.own) toEnd()
    else if (last > was.last) setNews(true)
    held.current = { ...was, height: element.scrollHeight, first, last, own }
  })

  useEffect(() => {
    const element = box.current
    const content = element?.firstElementChild
    if (!element || !content) return
    // A region that scrolls must be reachable by keyboard, though nothing in it may be.
    element.tabIndex = 0
    const look = () => {
      const end = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR
      held.current.atEnd = end
      setAtEnd(end)
      if (end) setNews(false)
    }
    const resized = new ResizeObserver(() => {
      if (held.current.atEnd) toEnd()
      else look()
    })
    resized.observe(element)
    resized.observe(content)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])

  return { box, atEnd, news, toEnd }
}
