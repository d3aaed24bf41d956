import type { Message } from '@nightdesk/shared/message.ts'
import { Icon } from '../../chat/icon.tsx'
import { book } from '../../chat/icons.ts'
import { timeOf } from '../clock.ts'
import { Isolated } from './Isolated.tsx'
import { whyCalled } from './status-words.ts'
import { summaryOf } from './summary.ts'

/** What an agent who just came in would ask first: why am I here, what is it about, and what was said already? */
export function Handover({ messages }: { messages: readonly Message[] }) {
  const summary = summaryOf(messages)
  if (!summary) return null
  const { reason, byBot, calledAt, asked, answered, offered } = summary
  return (
    <li class="sum">
      <p class="h">
        <Icon d={book} small />
        {byBot ? 'Handed over by the assistant' : 'Asked for a person'}{' '}
        <time class="faint">{timeOf(calledAt)}</time>
      </p>
      <dl>
        <div>
          <dt>Why</dt>
          <dd class={reason === 'urgent' ? 'risk' : undefined}>{capital(whyCalled[reason])}</dd>
        </div>
        {asked.length > 0 && (
          <div>
            <dt>Asked</dt>
            {asked.map(({ seq, text }) => (
              <dd key={seq} dir="auto">
                <Isolated text={text} />
              </dd>
            ))}
          </div>
        )}
        <div>
          <dt>Answered</dt>
          {answered.length === 0 && <dd>Nothing</dd>}
          {answered.map(({ entry, verdict }) => (
            <dd key={entry.id}>
              <bdi>{entry.title}</bdi> <span class="faint">v{entry.version}</span>
              {verdict && <span class="faint"> · {verdict === 'helped' ? 'helped' : 'did not help'}</span>}
            </dd>
          ))}
        </div>
        {offered.length > 0 && (
          <div>
            <dt>Offered</dt>
            {offered.map(({ entryId, title }) => (
              <dd key={entryId}>
                <bdi>{title}</bdi> <span class="faint">not chosen</span>
              </dd>
            ))}
          </div>
        )}
      </dl>
    </li>
  )
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
