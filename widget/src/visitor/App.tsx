import type { ConversationState } from '@nightdesk/shared/conversation.ts'
import { Banner } from './Banner.tsx'
import { Composer } from './Composer.tsx'
import type { Chat } from './chat.ts'
import { ChatHeader, HomeHeader, TrustLine } from './Header.tsx'
import { Home } from './Home.tsx'
import type { SiteData } from './site.ts'
import type { ChatState } from './state.ts'
import { Talk } from './Talk.tsx'
import { words } from './words/words.ts'

type Props = { chat: Chat; state: ChatState; site: SiteData; onClose: () => void }

export function App({ chat, state, site, onClose }: Props) {
  const { view, self, screen } = state
  const home = screen.name === 'home'
  const { thread } = view
  const owner = thread?.conversation.state ?? { status: 'bot' as const }
  return (
    <div class="view">
      <header>
        {home ? (
          <HomeHeader site={site.name} onDuty={view.onDuty} onClose={onClose} />
        ) : (
          <ChatHeader
            state={owner}
            menu={state.menu}
            onMenu={chat.setMenu}
            onBack={chat.goHome}
            onClose={onClose}
            onPerson={chat.getPerson}
            onEnd={thread ? () => chat.end(thread.conversation.id) : undefined}
          />
        )}
        <TrustLine phrase={self?.phrase} />
        <Banner line={state.line} banner={state.banner} onRetry={chat.retry} />
      </header>
      {home ? (
        <Home
          name={self?.name}
          onDuty={view.onDuty}
          conversations={view.conversations}
          topics={site.topics[words.lang] ?? site.topics.en ?? []}
          onOpen={chat.open}
          onTopic={({ title, entryId }) => chat.say(title, { entryId })}
          onPerson={chat.getPerson}
        />
      ) : (
        <Talk chat={chat} state={state} />
      )}
      {/* One composer for all screens: who writes the first words goes on writing in the same place. */}
      {!home && owner.status === 'closed' ? (
        <footer class="foot">
          <button type="button" class="btn main wide" onClick={chat.goHome}>
            {words.writeAgain}
          </button>
        </footer>
      ) : (
        <Composer
          label={home ? words.ownWords : labelOf(owner)}
          draft={state.draft}
          onType={chat.type}
          onSay={chat.say}
        />
      )}
    </div>
  )
}

function labelOf(owner: ConversationState): string {
  if (owner.status === 'queued') return words.addAnything
  return owner.status === 'open' ? words.writeTo(owner.agent.name) : words.write
}
