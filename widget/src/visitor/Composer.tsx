import { TEXT_LIMIT, textLength } from '@nightdesk/shared/message.ts'
import { Icon } from '../chat/icon.tsx'
import * as icons from '../chat/icons.ts'
import { words } from './words/words.ts'

type Props = { label: string; draft: string; onType: (text: string) => void; onSay: (text: string) => void }

const COUNT_FROM = TEXT_LIMIT * 0.9

export function Composer({ label, draft, onType, onSay }: Props) {
  const length = textLength(draft)
  const over = length > TEXT_LIMIT
  const text = draft.trim()
  const submit = (event: Event) => {
    event.preventDefault()
    if (text !== '' && !over) onSay(text)
  }
  return (
    <footer class="foot">
      <form class={`say${over ? ' bad' : ''}`} onSubmit={submit}>
        <textarea
          rows={1}
          dir="auto"
          aria-label={label}
          aria-invalid={over}
          placeholder={label}
          value={draft}
          onInput={event => onType(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !breaksLine()) submit(event)
          }}
        />
        <button type="submit" class="send" aria-label={words.send} disabled={text === '' || over}>
          <Icon d={icons.send} />
        </button>
      </form>
      {length >= COUNT_FROM && (
        <p class={`over${over ? ' bad' : ''}`} role="status">
          <span>{over && words.tooLong}</span>
          <span class="num">
            {words.count(length.toLocaleString(words.lang), TEXT_LIMIT.toLocaleString(words.lang))}
          </span>
        </p>
      )}
      <p class="never">
        <Icon d={icons.lock} small />
        <span>{words.never}</span>
      </p>
    </footer>
  )
}

/** On phones Enter breaks a line, as every keyboard there does; with a mouse and a keyboard it sends. */
function breaksLine(): boolean {
  return !matchMedia('(hover: hover) and (pointer: fine)').matches
}
