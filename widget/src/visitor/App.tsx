import { Banner } from './Banner.tsx'
import { Conversation } from './Conversation.tsx'
import type { Chat } from './chat.ts'
import { ChatHeader, HomeHeader, TrustLine } from './Header.tsx'
import { Home } from './Home.tsx'
import type { SiteData } from './site.ts'
import type { ChatState } from './state.ts'
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
          draft={state.draft}
          onType={chat.type}
          onOpen={chat.open}
          onTopic={topic => chat.say(topic.title, topic)}
          onPerson={chat.getPerson}
          onSay={chat.say}
        />
      ) : (
        <Conversation chat={chat} state={state} owner={owner} />
      )}
    </div>
  )
}
