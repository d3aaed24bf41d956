import type { ConversationState } from '@nightdesk/shared/conversation.ts'
import type { Refusal } from '@nightdesk/shared/errors.ts'
import { Icon } from '../../chat/icon.tsx'
import { stopped } from '../../chat/icons.ts'
import { alt } from '../keys.ts'
import { isMe } from '../people.ts'
import { inWords } from '../words.ts'
import { Composer } from './Composer.tsx'

type Props = {
  state: ConversationState
  visitor: string
  code: string
  draft: string
  focus: boolean
  taking: boolean
  refused: Refusal | null
  onTake: () => void
  onWrite: (text: string) => void
  onSend: (text: string) => void
}

/** Where the agent acts: a composer in their own conversation, else what to do or what is the case. */
export function Footer(props: Props) {
  const { state, visitor, code, draft, refused } = props
  if (state.status === 'open' && isMe(state.agent, code)) {
    return (
      <>
        {refused && <Refused refusal={refused} />}
        <Composer
          visitor={visitor}
          text={draft}
          focus={props.focus}
          onWrite={props.onWrite}
          onSend={props.onSend}
        />
      </>
    )
  }
  return (
    <>
      {refused && <Refused refusal={refused} />}
      {draft !== '' && (
        <p class="kept" dir="auto">
          <span class="faint">Your draft was not sent: </span>
          <bdi>{draft}</bdi>
        </p>
      )}
      {state.status === 'queued' ? (
        <div class="bar">
          <p>Take this conversation to reply.</p>
          <button id="take" type="button" class="btn main" aria-busy={props.taking} onClick={props.onTake}>
            Take <kbd>{alt('L')}</kbd>
          </button>
        </div>
      ) : (
        <p class="bar">{stateWords(state)}</p>
      )}
    </>
  )
}

function Refused({ refusal }: { refusal: Refusal }) {
  return (
    <p class="wrong" role="alert">
      <Icon d={stopped} small />
      <span>{inWords(refusal)}</span>
    </p>
  )
}

function stateWords(state: Exclude<ConversationState, { status: 'queued' }>): string {
  switch (state.status) {
    case 'bot':
      return 'The assistant has this conversation.'
    case 'open':
      return `${state.agent.name} has this conversation.`
    case 'closed':
      return 'This conversation is closed.'
  }
}
