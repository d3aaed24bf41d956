import type { ComponentChildren } from 'preact'
import { nameOf } from '../people.ts'
import { inWords } from '../words.ts'
import { BackButton, Head } from './Head.tsx'
import { QuietDesk, type QuietNumbers } from './QuietDesk.tsx'
import type { Shown } from './shown.ts'

type Props = {
  shown: Exclude<Shown, { kind: 'thread' }>
  quiet: QuietNumbers
  banner: ComponentChildren
  onBack: () => void
  onAgain: () => void
}

/** The middle of the desk where there is no conversation to read. */
export function EmptyPane({ shown, quiet, banner, onBack, onAgain }: Props) {
  const row = 'row' in shown ? shown.row : undefined
  return (
    <>
      {row && (
        <Head
          id={row.id}
          name={nameOf(row.visitor, row.id)}
          verified={row.visitor.verified}
          locale={row.locale}
          onBack={onBack}
        />
      )}
      {!row && shown.kind !== 'nothing' && (
        <header class="head plain">
          <BackButton onBack={onBack} />
        </header>
      )}
      {banner}
      <Reason shown={shown} quiet={quiet} onAgain={onAgain} />
    </>
  )
}

function Reason({ shown, quiet, onAgain }: Pick<Props, 'shown' | 'quiet' | 'onAgain'>) {
  switch (shown.kind) {
    case 'nothing':
      return <QuietDesk {...quiet} />
    case 'fetching':
      return (
        <div class="none">
          <p class="mute later">Fetching the conversation</p>
        </div>
      )
    case 'failed':
      return (
        <div class="none">
          <h2>The conversation did not open</h2>
          <p class="mute" role="alert">
            {inWords(shown.refusal)}
          </p>
          <button type="button" class="btn" onClick={onAgain}>
            Try again
          </button>
        </div>
      )
    case 'left':
      return (
        <div class="none">
          <h2>This conversation left the desk</h2>
          <p class="mute">It went back to the assistant, or the visitor closed it.</p>
        </div>
      )
    case 'foreign':
      return (
        <div class="none">
          <h2>
            <bdi>{shown.agent.name}</bdi> has this conversation
          </h2>
          <p class="mute">Only the agent who serves a visitor reads what is said.</p>
        </div>
      )
  }
}
