import type { Refusal } from '@nightdesk/shared/errors.ts'
import { useState } from 'preact/hooks'
import { forgetKept } from '../../chat/keeping.ts'
import { initials } from '../../chat/names.ts'
import type { Me } from '../desk.ts'
import { KEPT_AS } from '../live.ts'
import { signOut } from '../session.ts'
import { inWords } from '../words.ts'

/** Opens the account menu; the browser keeps the two together, closes on Esc and on a click elsewhere. */
export function AccountButton({ me, class: name }: { me: Me; class: string }) {
  return (
    <button type="button" class={name} popovertarget="account" title="Account">
      <span class="av">{initials(me.name)}</span>
      <span class="sr">
        {me.name}, agent {me.code}
      </span>
    </button>
  )
}

type Props = { me: Me; unsent: number; onPassword: () => void }

export function AccountMenu({ me, unsent, onPassword }: Props) {
  const [error, setError] = useState<Refusal | null>(null)

  async function leave(): Promise<void> {
    const refusal = await signOut()
    // No words on the disk and, with a fresh page, none of this session in memory.
    if (refusal) setError(refusal)
    else {
      await forgetKept(KEPT_AS)
      location.replace(location.pathname)
    }
  }

  return (
    <section id="account" class="pop account" popover="auto" aria-label="Account">
      <p class="who">
        <b class="cut">
          <bdi>{me.name}</bdi>
        </b>
        <span class="faint">Agent {me.code}</span>
      </p>
      {!me.hasPassword && (
        <p class="faint">
          You have no password yet, and a <span class="whole">sign-in link</span> works once.
        </p>
      )}
      <button type="button" class="hit" onClick={onPassword}>
        {me.hasPassword ? 'Change your password' : 'Set a password'}
      </button>
      <button type="button" class="hit" onClick={leave}>
        Sign out
      </button>
      {unsent > 0 && (
        <p class="faint">{unsent === 1 ? 'One message is' : `${unsent} messages are`} not sent yet.</p>
      )}
      {error && (
        <p class="wrong" role="alert">
          {inWords(error)}
        </p>
      )}
    </section>
  )
}
