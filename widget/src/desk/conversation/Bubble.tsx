import type { ComponentChildren } from 'preact'
import { fullDate, timeOf } from '../clock.ts'

type Props = {
  side: 'vis' | 'bot' | 'me'
  sender: string
  /** Null while the server has not accepted it. */
  sentAt: number | null
  /** The first of a group carries the name; in the others only those who cannot see the group hear it. */
  first: boolean
  outlined: boolean
  foot: ComponentChildren
  children: ComponentChildren
}

export function Bubble({ side, sender, sentAt, first, outlined, foot, children }: Props) {
  return (
    <li class={`m ${side}${first ? '' : ' g'}${outlined ? ' unsent' : ''}`}>
      {first ? (
        <p class="from">
          <b>
            <bdi>{sender}</bdi>
          </b>
          {sentAt !== null && (
            <time dateTime={new Date(sentAt).toISOString()} title={fullDate(sentAt)}>
              {timeOf(sentAt)}
            </time>
          )}
        </p>
      ) : (
        <span class="sr">
          {sender}
          {sentAt !== null && `, ${timeOf(sentAt)}`}
        </span>
      )}
      {children}
      {foot}
    </li>
  )
}
