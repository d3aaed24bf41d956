import { Icon } from '../../chat/icon.tsx'
import { inbox, moon } from '../icons.ts'
import { alt } from '../keys.ts'

export type QuietNumbers = { queue: number; closed: number; elsewhere: number }

/** Nothing is chosen: how the desk stands, and the keys to learn meanwhile. */
export function QuietDesk({ queue, closed, elsewhere }: QuietNumbers) {
  return (
    <div class="none">
      <Icon d={queue === 0 ? moon : inbox} />
      <h2>{queue === 0 ? 'Quiet night so far' : 'Choose a conversation'}</h2>
      <p class="mute num">{queue === 0 ? standing(closed, elsewhere) : waiting(queue)}</p>
      <dl class="keys">
        <div>
          <dt>
            <kbd>{alt('J')}</kbd> <kbd>{alt('K')}</kbd>
          </dt>
          <dd>Next, previous</dd>
        </div>
        <div>
          <dt>
            <kbd>{alt('L')}</kbd>
          </dt>
          <dd>Reply, or take</dd>
        </div>
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>All keys</dd>
        </div>
      </dl>
    </div>
  )
}

const waiting = (queue: number): string =>
  queue === 1 ? 'One person waits in the queue.' : `${queue} people wait in the queue.`

function standing(closed: number, elsewhere: number): string {
  if (closed === 0 && elsewhere === 0) return 'Nobody waits for a person.'
  return `${closed} closed by you today, ${elsewhere} open elsewhere.`
}
