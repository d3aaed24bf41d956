import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { Thread } from '@nightdesk/shared/view/thread.ts'
import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Icon } from '../../chat/icon.tsx'
import { check, person } from '../../chat/icons.ts'
import type { Unsent } from '../../chat/outbox.ts'
import { attentive } from '../attention.ts'
import type { Customer, Trouble } from '../desk.ts'
import { handBack } from '../icons.ts'
import { alt } from '../keys.ts'
import { isMe, nameOf } from '../people.ts'
import type { Wishes } from '../wishes.ts'
import { inWords } from '../words.ts'
import { Footer } from './Footer.tsx'
import { Head } from './Head.tsx'
import { Log } from './Log.tsx'

type Props = {
  thread: Thread
  customer: Customer
  code: string
  draft: string
  /** What was written at this desk and is not in a thread yet. */
  written: readonly Unsent[]
  /** Whether that lives only as long as this page, and may be lost with it. */
  memory: boolean
  writing: boolean
  /** The conversation from which this earlier one was opened. */
  cameFrom: ConversationId | null
  asked: Trouble['wish'] | null
  trouble: Trouble | null
  drawer: boolean
  banner: ComponentChildren
  wishes: Wishes
  onBack: () => void
  onCustomer: () => void
}

/** A conversation that this agent may read. */
export function ThreadView(props: Props) {
  const { thread, customer, code, asked, trouble, wishes } = props
  const { id, state, locale } = thread.conversation
  const unsent = useMemo(() => props.written.filter(item => item.conversationId === id), [props.written, id])
  const name = nameOf(customer.visitor, id)
  const mine = state.status === 'open' && isMe(state.agent, code)
  const [atEnd, setAtEnd] = useState(true)
  const took = useRef(false)
  useReading(thread, mine && atEnd, wishes)

  return (
    <>
      <Head id={id} name={name} verified={customer.visitor.verified} locale={locale} onBack={props.onBack}>
        {mine && (
          <div class="acts">
            <button
              type="button"
              class="btn"
              aria-busy={asked === 'handBack'}
              onClick={() => wishes.handBack(id)}
            >
              <Icon d={handBack} small flip />
              <span>
                Hand back<span class="wide"> to the assistant</span>
              </span>
            </button>
            <button type="button" class="btn" aria-busy={asked === 'close'} onClick={() => wishes.close(id)}>
              <Icon d={check} small />
              Close <kbd>{alt('E')}</kbd>
            </button>
          </div>
        )}
        <button
          type="button"
          class="ib drawer-button"
          aria-label="Customer"
          aria-expanded={props.drawer}
          aria-controls="customer"
          title={`Customer (${alt('I')})`}
          onClick={props.onCustomer}
        >
          <Icon d={person} />
        </button>
      </Head>
      {props.banner}
      {props.cameFrom && (
        <div class="strip">
          <p>An earlier conversation.</p>
          <button type="button" class="link" onClick={wishes.comeBack}>
            Back to the one before
          </button>
        </div>
      )}
      <Log
        thread={thread}
        unsent={unsent}
        memory={props.memory && unsent.length > 0}
        visitor={name}
        code={code}
        writing={props.writing}
        fetching={asked === 'earlier'}
        wrong={trouble?.wish === 'earlier' ? inWords(trouble.refusal) : null}
        onEarlier={wishes.earlier}
        onEdit={mine ? wishes.edit : null}
        onRemove={wishes.remove}
        onAtEnd={useCallback(setAtEnd, [])}
      />
      <Footer
        state={state}
        visitor={name}
        code={code}
        draft={props.draft}
        focus={took.current}
        taking={asked === 'take'}
        refused={trouble && trouble.wish !== 'earlier' && trouble.wish !== 'open' ? trouble.refusal : null}
        onTake={() => {
          took.current = true
          wishes.take(id)
        }}
        onWrite={text => wishes.write(id, text)}
        onSend={text => wishes.send(id, text)}
      />
    </>
  )
}

/** Read is what was in sight of somebody who could look: the end of the log, in a window that has the focus. */
function useReading(thread: Thread, inSight: boolean, wishes: Wishes): void {
  const { id, readByDesk, lastSeq } = thread.conversation
  const unread = thread.messages.some(({ seq, author }) => seq > readByDesk && author.role === 'visitor')
  const reading = inSight && unread && attentive.value
  useEffect(() => {
    if (reading) wishes.read(id, lastSeq)
  }, [reading, id, lastSeq, wishes])
}
