import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Message } from '@nightdesk/shared/message.ts'
import type { Host } from './host.ts'
import type { ChatState } from './state.ts'
import { words } from './words/words.ts'

const BY_STATUS = {
  queued: 'handoff:requested',
  open: 'conversation:assigned',
  closed: 'conversation:closed',
  bot: '',
}

/** What the exchange's page is told: that something happened, never what was said. */
export function pageNews(host: Host) {
  const tell = (name: string, data: object) => host.tell({ type: 'event', name, data })
  return {
    started: (id: ConversationId) => tell('conversation:started', { conversation_id: id }),
    message: ({ author, body, conversationId, seq }: Message) => {
      const said = author.role === 'visitor' ? 'message:sent' : 'message:received'
      const name = body.kind === 'status' ? BY_STATUS[body.now.status] : said
      if (name !== '') tell(name, { conversation_id: conversationId, seq })
    },
    badge: ({ view }: ChatState) => {
      const place = view.thread?.place?.position ?? 0
      const count = view.conversations.reduce((sum, row) => sum + row.unread, 0)
      const { launcher, launcherUnread, launcherQueue } = words
      const label = count > 0 ? launcherUnread(count) : place > 0 ? launcherQueue(place) : launcher
      host.tell({ type: 'badge', count, place, label })
    },
  }
}
