import { Icon } from '../chat/icon.tsx'
import { gate } from '../chat/icons.ts'
import { AccountButton } from './account/Account.tsx'
import type { Me } from './desk.ts'
import { inbox, keyboard } from './icons.ts'

type Props = { me: Me; unread: number; onInbox: () => void; onKeys: () => void }

export function Rail({ me, unread, onInbox, onKeys }: Props) {
  return (
    <nav class="rail" aria-label="Desk">
      <span class="mark">
        <Icon d={gate} />
      </span>
      <button
        type="button"
        class="nav"
        aria-current="page"
        aria-label={unread > 0 ? `Inbox, ${unread} unread` : 'Inbox'}
        title="Inbox"
        onClick={onInbox}
      >
        <Icon d={inbox} />
        {unread > 0 && (
          <span class="count" aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
      <span class="space" />
      <button type="button" class="nav" aria-label="Keys" title="Keys" onClick={onKeys}>
        <Icon d={keyboard} />
      </button>
      <AccountButton me={me} class="nav" />
    </nav>
  )
}
