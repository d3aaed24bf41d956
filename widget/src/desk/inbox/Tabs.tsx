import { useRef } from 'preact/hooks'
import type { Tab } from '../place.ts'

type Props = { tab: Tab; counts: Record<Tab, number>; onTab: (tab: Tab) => void }

const TABS: readonly { tab: Tab; label: string }[] = [
  { tab: 'mine', label: 'Mine' },
  { tab: 'queue', label: 'Queue' },
  { tab: 'all', label: 'All' },
]

/** One stop for the Tab key; the arrows choose. */
export function Tabs({ tab, counts, onTab }: Props) {
  const bar = useRef<HTMLDivElement>(null)

  function choose(event: KeyboardEvent): void {
    const at = TABS.findIndex(one => one.tab === tab)
    const rtl = bar.current !== null && getComputedStyle(bar.current).direction === 'rtl'
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, Home: -at, End: TABS.length - 1 - at }[
      event.key
    ]
    if (step === undefined || event.altKey) return
    const next = TABS[(at + step + TABS.length) % TABS.length]
    if (!next) return
    event.preventDefault()
    onTab(next.tab)
    bar.current?.querySelector<HTMLElement>(`#tab-${next.tab}`)?.focus()
  }

  return (
    <div class="tabs" role="tablist" aria-label="Conversations" ref={bar} onKeyDown={choose}>
      {TABS.map(one => (
        <button
          key={one.tab}
          id={`tab-${one.tab}`}
          type="button"
          class="tab"
          role="tab"
          aria-selected={one.tab === tab}
          aria-controls="rows"
          tabIndex={one.tab === tab ? 0 : -1}
          onClick={() => onTab(one.tab)}
        >
          {one.label} <span class="num">{counts[one.tab]}</span>
        </button>
      ))}
    </div>
  )
}
