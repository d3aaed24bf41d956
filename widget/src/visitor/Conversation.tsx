import type { ConversationState } from '@nightdesk/shared/conversation.ts'
import { Composer } from './Composer.tsx'
import type { Chat } from './chat.ts'
import { Log } from './Log.tsx'
import type { ChatState } from './state.ts'
import { words } from './words/words.ts'

type Props = { chat: Chat; state: ChatState; owner: ConversationState }

/** The log of one conversation and what can be done under it. */
export function Conversation({ chat, state, owner }: Props) {
  const { thread, onDuty } = state.view
  const id = state.screen.name === 'chat' ? state.screen.id : null
  return (
    <>
      <main class="talk">
        <Log
          thread={thread}
          unsent={state.unsent.filter(item => item.conversationId === id)}
          typing={state.typing}
          onDuty={onDuty}
          shown={state.shown}
          onEarlier={chat.showEarlier}
          onOption={option => chat.say(option.title, option)}
          onPerson={chat.getPerson}
          onLeave={() => thread && chat.leaveQueue(thread.conversation.id)}
          onRead={seq => thread && chat.markRead(thread.conversation.id, seq)}
          onRemove={chat.dropUnsent}
          onEdit={chat.edit}
        />
      </main>
      {owner.status === 'closed' ? (
        <footer class="foot">
          <button type="button" class="btn main wide" onClick={chat.goHome}>
            {words.writeAgain}
          </button>
        </footer>
      ) : (
        <Composer label={labelOf(owner)} draft={state.draft} onType={chat.type} onSay={chat.say} />
      )}
    </>
  )
}

function labelOf(state: ConversationState): string {
  const w = words
  if (state.status === 'queued') return w.addAnything
  return state.status === 'open' ? w.writeTo(state.agent.name) : w.write
}
