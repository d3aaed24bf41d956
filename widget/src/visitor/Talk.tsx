import { isAtRisk } from '../chat/outbox.ts'
import type { Chat } from './chat.ts'
import { Log } from './Log.tsx'
import type { ChatState } from './state.ts'

/** The log of the conversation on screen, wired to what can be done in it. */
export function Talk({ chat, state }: { chat: Chat; state: ChatState }) {
  const { thread, onDuty } = state.view
  const id = state.screen.name === 'chat' ? state.screen.id : null
  const unsent = state.unsent.filter(item => item.conversationId === id)
  return (
    <main class="talk">
      <Log
        // Another conversation is another log: it begins at its own end.
        key={id ?? 'new'}
        thread={thread}
        unsent={unsent}
        memory={state.memory && unsent.some(item => isAtRisk(item, state.line))}
        typing={state.typing}
        onDuty={onDuty}
        shown={state.shown}
        onEarlier={chat.showEarlier}
        onSay={chat.say}
        onPerson={chat.getPerson}
        onLeave={() => thread && chat.leaveQueue(thread.conversation.id)}
        onRead={seq => thread && chat.markRead(thread.conversation.id, seq)}
        onRemove={chat.dropUnsent}
        onEdit={chat.edit}
      />
    </main>
  )
}
