import type { Body } from '@nightdesk/shared/message.ts'
import { Icon } from '../../chat/icon.tsx'
import { book } from '../../chat/icons.ts'
import { Markup } from '../../chat/markup.tsx'
import { dateOf } from '../clock.ts'
import { scriptOf } from '../script.ts'
import { Isolated } from './Isolated.tsx'

/** What was said, in the bubble that holds it. Only reviewed answers have markup; all else is plain text. */
export function Words({ body, locale }: { body: Exclude<Body, { kind: 'status' }>; locale: string }) {
  switch (body.kind) {
    case 'text':
    case 'rating':
      return (
        <p class="b" dir="auto" lang={scriptOf(body.text, locale)}>
          <Isolated text={body.text} />
        </p>
      )
    case 'answer':
      return (
        <div class="b">
          {body.note && (
            <p dir="auto" lang={scriptOf(body.note, locale)}>
              {body.note}
            </p>
          )}
          <div dir="auto" lang={body.language}>
            <Markup text={body.text} />
          </div>
          <p class="src">
            <Icon d={book} small />
            <span>
              FAQ: <bdi lang={body.language}>{body.entry.title}</bdi> · version {body.entry.version} ·
              reviewed {dateOf(Date.parse(`${body.entry.reviewed}T12:00`))}
            </span>
          </p>
        </div>
      )
    case 'offer':
      return (
        <div class="b" dir="auto" lang={scriptOf(body.text, locale)}>
          <p>{body.text}</p>
          {body.options.length > 0 && (
            <ul class="opts">
              {body.options.map(option => (
                <li key={option.entryId}>{option.title}</li>
              ))}
            </ul>
          )}
        </div>
      )
  }
}
