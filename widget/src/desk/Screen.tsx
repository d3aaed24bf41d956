import { inboxOf } from '@nightdesk/shared/view/desk-view.ts'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { isAtRisk } from '../chat/outbox.ts'
import { AccountButton, AccountMenu } from './account/Account.tsx'
import { PasswordDialog } from './account/PasswordDialog.tsx'
import { Banner, useLineNews } from './Banner.tsx'
import { EmptyPane } from './conversation/EmptyPane.tsx'
import { shownAt } from './conversation/shown.ts'
import { ThreadView } from './conversation/ThreadView.tsx'
import { CustomerPane } from './customer/CustomerPane.tsx'
import type { Desk, Me } from './desk.ts'
import { waitsForDesk } from './inbox/groups.ts'
import { Inbox } from './inbox/Inbox.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import type { Live } from './live.ts'
import { nameOf } from './people.ts'
import { goTo, leave, place, type Tab } from './place.ts'
import { Rail } from './Rail.tsx'
import { useDeskKeys } from './use-desk-keys.ts'
import { useNarrow } from './use-narrow.ts'
import { usePaneFocus } from './use-pane-focus.ts'
import type { Wishes } from './wishes.ts'

type Props = { me: Me; desk: Desk; live: Live; wishes: Wishes }

/** The desk as one screen: rail, inbox, conversation, customer. */
export function Screen({ me, desk, live, wishes }: Props) {
  const { rows } = desk.view.value
  const { selected } = place.value
  const cameFrom = desk.cameFrom.value
  const { mine, queue, all, closed } = inboxOf(rows, me.code)
  const [first] = useState<Tab>(mine.length === 0 && queue.length > 0 ? 'queue' : 'mine')
  const tab = place.value.tab ?? first
  const [dialog, setDialog] = useState<'keys' | 'password' | null>(null)
  const [drawer, setDrawer] = useState(false)
  const closeDrawer = useCallback(() => setDrawer(false), [])

  const narrow = useNarrow()
  const shown = shownAt(desk)
  const written = live.written.value
  const unsent = written.filter(item => item.state.name !== 'accepted')
  const news = useLineNews(live.line.value.state, desk.catchingUp.value)
  const banner = <Banner news={news} unsent={unsent.length} onRetry={live.retry} />
  const asked = desk.asked.value?.about === selected ? desk.asked.value.wish : null
  const waiting = queue.length + mine.filter(waitsForDesk).length

  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) Desk` : 'Desk'
  }, [waiting])
  useEffect(() => {
    wishes.show(selected)
    setDrawer(false)
  }, [selected, wishes])
  usePaneFocus(selected, shown.kind)
  useDeskKeys({
    shown,
    current: cameFrom ?? selected,
    tab,
    rows,
    code: me.code,
    wishes,
    onCustomer: () => setDrawer(!drawer),
    onKeys: () => setDialog('keys'),
  })

  return (
    <div class="desk" data-pane={selected ? 'conversation' : 'inbox'} data-customer={shown.kind === 'thread'}>
      <Rail
        me={me}
        unread={mine.reduce((sum, row) => sum + row.unread, 0)}
        onInbox={leave}
        onKeys={() => setDialog('keys')}
      />
      <main class="work">
        <h1 class="sr">Desk</h1>
        <Inbox
          tab={tab}
          rows={rows}
          counts={{ mine: mine.length, queue: queue.length, all: all.length }}
          code={me.code}
          selected={cameFrom ?? selected}
          account={<AccountButton me={me} class="ib account-button" />}
          banner={narrow && banner}
          onTab={next => goTo({ tab: next })}
          onSelect={wishes.select}
        />
        <section class="conv" aria-label={labelOf(shown)}>
          {shown.kind === 'thread' ? (
            <ThreadView
              key={shown.thread.conversation.id}
              thread={shown.thread}
              customer={shown.customer}
              code={me.code}
              draft={desk.drafts.value.get(shown.thread.conversation.id) ?? ''}
              written={written}
              memory={live.memory.value && written.some(item => isAtRisk(item, live.line.value))}
              writing={desk.writing.value.has(shown.thread.conversation.id)}
              cameFrom={cameFrom}
              asked={asked}
              trouble={desk.trouble.value}
              drawer={drawer}
              banner={banner}
              wishes={wishes}
              onBack={leave}
              onCustomer={() => setDrawer(!drawer)}
            />
          ) : (
            <EmptyPane
              shown={shown}
              quiet={{
                queue: queue.length,
                closed: closed.length,
                elsewhere: all.length - queue.length - mine.length - closed.length,
              }}
              banner={banner}
              onBack={leave}
              onAgain={() => selected && wishes.openAgain(selected)}
            />
          )}
        </section>
      </main>
      {shown.kind === 'thread' && (
        <CustomerPane
          customer={shown.customer}
          conversation={shown.thread.conversation}
          code={me.code}
          cameFrom={cameFrom}
          drawer={drawer}
          onClose={closeDrawer}
          onEarlier={wishes.lookBack}
        />
      )}
      <AccountMenu me={me} unsent={unsent.length} onPassword={() => setDialog('password')} />
      {dialog === 'keys' && <KeysDialog onClose={() => setDialog(null)} />}
      {dialog === 'password' && (
        <PasswordDialog
          hasPassword={me.hasPassword}
          onChosen={() => {
            desk.me.value = { ...me, hasPassword: true }
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  )
}

function labelOf(shown: ReturnType<typeof shownAt>): string {
  if (shown.kind !== 'thread') return 'Conversation'
  return `Conversation with ${nameOf(shown.customer.visitor, shown.thread.conversation.id)}`
}
