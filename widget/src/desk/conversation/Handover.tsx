import type { Message } from '@nightdesk/shared/message.ts'
import { Icon } from '../../chat/icon.tsx'
import { book } from '../../chat/icons.ts'
import { timeOf } from '../clock.ts'

/** What an agent who just came in would ask first: why am I here, and what was said already? */
export function Handover({ messages }: { messages: readonly Message[] }) {
  const call = messages.findLast(({ body }) => body.kind === 'status' && body.now.status === 'queued')
  if (call?.body.kind !== 'status' || call.body.now.status !== 'queued') return null
  const answers = messages.flatMap(({ seq, body }) =>
    seq < call.seq && body.kind === 'answer' ? [body.entry] : [],
  )
  const entries = [...new Map(answers.map(entry => [entry.id, entry])).values()]
  return (
    <li class="sum">
      <p class="h">
        <Icon d={book} small />
        Handed over by the assistant <time class="faint">{timeOf(call.sentAt)}</time>
      </p>
      <dl>
        <div>
          <dt>Why</dt>
          <dd>{call.body.now.reason === 'asked' ? 'A person was asked for' : 'It had no reviewed answer'}</dd>
        </div>
        <div>
          <dt>Already answered</dt>
          {entries.length === 0 && <dd>Nothing</dd>}
          {entries.map(entry => (
            <dd key={entry.id}>
              <bdi>{entry.title}</bdi> <span class="faint">v{entry.version}</span>
            </dd>
          ))}
        </div>
      </dl>
    </li>
  )
}
