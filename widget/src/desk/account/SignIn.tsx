import type { Refusal } from '@nightdesk/shared/errors.ts'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../chat/icon.tsx'
import { gate, stopped } from '../../chat/icons.ts'
import { signIn } from '../session.ts'
import { inWords } from '../words.ts'

type Props = {
  /** Why the sign-in link did not work, if one was used. */
  refused: Refusal | null
  /** Whether somebody was signed in at this window until now. */
  ended: boolean
  onSignedIn: () => void
}

export function SignIn({ refused, ended, onSignedIn }: Props) {
  const [error, setError] = useState(refused)
  const [busy, setBusy] = useState(false)
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)

  useEffect(() => setError(refused), [refused])
  useLayoutEffect(() => email.current?.focus(), [])

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (busy || !email.current || !password.current) return
    setBusy(true)
    const refusal = await signIn({ email: email.current.value, password: password.current.value })
    setError(refusal)
    setBusy(false)
    if (refusal) password.current?.select()
    else onSignedIn()
  }

  return (
    <main class="gate">
      <form class="card" onSubmit={submit}>
        <span class="mark">
          <Icon d={gate} />
        </span>
        <div>
          <h1>Sign in to the desk</h1>
          {ended && <p class="mute">Your session has ended. What you wrote is kept.</p>}
        </div>
        <div class="field">
          <label htmlFor="email">E-mail</label>
          <input id="email" ref={email} type="email" autocomplete="username" maxLength={254} required />
        </div>
        <div class="field">
          <label htmlFor="password">Password</label>
          <input
            id="password"
            ref={password}
            type="password"
            autocomplete="current-password"
            maxLength={256}
            aria-describedby="sign-in-error"
            required
          />
        </div>
        <p id="sign-in-error" class="wrong" role="alert">
          {error && (
            <>
              <Icon d={stopped} small />
              <span>{inWords(error)}</span>
            </>
          )}
        </p>
        <button class="btn main tall" type="submit" aria-busy={busy}>
          Sign in
        </button>
        <p class="mute">
          No password yet? Ask your operator for a <span class="whole">sign-in link.</span>
        </p>
      </form>
    </main>
  )
}
