import type { Refusal } from '@nightdesk/shared/errors.ts'
import type { Signal } from '@preact/signals'
import { SignIn } from './account/SignIn.tsx'
import type { Desk } from './desk.ts'
import { Halted } from './Halted.tsx'
import type { Live } from './live.ts'
import { Opening } from './Opening.tsx'
import { Screen } from './Screen.tsx'
import type { Wishes } from './wishes.ts'

type Props = { desk: Desk; live: Live; wishes: Wishes; linkRefused: Signal<Refusal | null> }

/** At the door or at the desk, as the line has it. */
export function App({ desk, live, wishes, linkRefused }: Props) {
  const line = live.line.value
  if (line.state === 'refused' && line.code === 'SESSION_INVALID') {
    return <SignIn refused={linkRefused.value} ended={desk.me.value !== null} onSignedIn={live.retry} />
  }
  if (line.state === 'refused') return <Halted code={line.code} />
  if (!desk.me.value) return <Opening lost={line.state === 'lost'} onRetry={live.retry} />
  return <Screen me={desk.me.value} desk={desk} live={live} wishes={wishes} />
}
