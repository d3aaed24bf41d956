import type { QueuePlace } from '@nightdesk/shared/queue.ts'
import { Icon } from '../chat/icon.tsx'
import * as icons from '../chat/icons.ts'
import { words } from './words/words.ts'

type Props = { place: QueuePlace | null; onDuty: boolean; onLeave: () => void }

const PIPS = 5

/** The place as a figure. No progress bar, no promise: only what is known (ui.md, Queue card). */
export function QueueCard({ place, onDuty, onLeave }: Props) {
  const w = words
  return (
    <li class="full card q">
      {place ? (
        <div role="status">
          <p class="mute">{w.place}</p>
          <p class="big num">{w.ordinal(place.position)}</p>
          <Pips position={place.position} />
          <p class="mute">{w.ofWaiting(place.waiting)}</p>
        </div>
      ) : (
        <p class="mute">{w.noPlace}</p>
      )}
      <p class="keep">
        <Icon d={onDuty ? icons.kept : icons.clock} />
        <span>{onDuty ? w.placeKept : w.noOne}</span>
      </p>
      <button type="button" class="btn" onClick={onLeave}>
        {w.leaveQueue}
      </button>
      <p class="mute">{w.readFirst}</p>
    </li>
  )
}

function Pips({ position }: { position: number }) {
  const before = Math.min(position, PIPS) - 1
  return (
    <p class="pips" aria-hidden="true">
      {position > PIPS && '…'}
      {Array.from({ length: before }, (_, index) => (
        <i key={index} />
      ))}
      <i class="me" />
      <span class="mute">{words.you}</span>
    </p>
  )
}
