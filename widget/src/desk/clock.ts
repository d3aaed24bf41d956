import { signal } from '@preact/signals'

/** The time, once a second, for waiting times. */
export const now = signal(Date.now())
setInterval(() => {
  now.value = Date.now()
}, 1000)

// The desk speaks English; whether it is 15:00 or 3:00 pm, the agent's own settings say.
const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions()
const hours = hourCycle ? { hourCycle } : {}
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...hours })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', ...hours })

export const timeOf = (at: number): string => clock.format(at)
export const fullDate = (at: number): string => full.format(at)

export function dateOf(at: number): string {
  const thisYear = new Date(at).getFullYear() === new Date().getFullYear()
  return (thisYear ? day : dayAndYear).format(at)
}

export function dayOf(at: number): string {
  if (sameDay(at, Date.now())) return 'Today'
  return sameDay(at, Date.now() - 86_400_000) ? 'Yesterday' : dateOf(at)
}

/** 03:12 of today, 22 Nov of another day. */
export function momentOf(at: number): string {
  return sameDay(at, Date.now()) ? timeOf(at) : dateOf(at)
}

/** How long somebody waits, to the second: 0:48, 12:05, 1:02:07. */
export function stopwatch(ms: number): string {
  // Clocks of two machines differ a little; nobody waits less than nothing.
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** How long ago, where seconds do not matter: now, 12 min, 3 h. */
export function roughly(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes === 0) return 'now'
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`
}

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString()
