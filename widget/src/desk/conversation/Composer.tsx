import { TEXT_LIMIT, textLength } from '@nightdesk/shared/message.ts'
import { useEffect, useRef } from 'preact/hooks'
import { sendKey } from '../keys.ts'

type Props = {
  visitor: string
  text: string
  /** Whether the agent just took the conversation and will write next. */
  focus: boolean
  onWrite: (text: string) => void
  onSend: (text: string) => void
}

const COUNT_FROM = TEXT_LIMIT * 0.9
const figures = new Intl.NumberFormat('en')

export function Composer({ visitor, text, focus, onWrite, onSend }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const length = textLength(text)
  const over = length > TEXT_LIMIT
  const empty = text.trim() === ''

  useEffect(() => {
    if (focus) field.current?.focus()
  }, [focus])

  function send(): void {
    if (over || empty) return
    onSend(text)
    field.current?.focus()
  }

  function press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }

  return (
    <div class="compose">
      <form
        class={`box${over ? ' over' : ''}`}
        onSubmit={event => {
          event.preventDefault()
          send()
        }}
      >
        <div class="grow" data-text={text}>
          <textarea
            id="reply"
            ref={field}
            dir="auto"
            rows={2}
            aria-label="Reply"
            aria-invalid={over}
            aria-describedby="reply-count"
            placeholder={`Reply to ${visitor}`}
            value={text}
            onInput={event => onWrite(event.currentTarget.value)}
            onKeyDown={press}
          />
        </div>
        <div class="tools">
          <p id="reply-count" class="counter num" role="status">
            {length >= COUNT_FROM && (
              <>
                {figures.format(length)} of {figures.format(TEXT_LIMIT)}
                {over && ': too long to send'}
              </>
            )}
          </p>
          <button type="submit" class="btn main" disabled={empty || over}>
            Send <kbd>{sendKey}</kbd>
          </button>
        </div>
      </form>
    </div>
  )
}
