import type { Refusal } from '@nightdesk/shared/errors.ts'
import { useRef, useState } from 'preact/hooks'
import { Icon } from '../../chat/icon.tsx'
import { check, stopped } from '../../chat/icons.ts'
import { choosePassword } from '../session.ts'
import { inWords } from '../words.ts'
import { Dialog } from './Dialog.tsx'

type Props = { hasPassword: boolean; onChosen: () => void; onClose: () => void }

const SHORTEST = 12
const WEAK: Refusal = { code: 'PASSWORD_WEAK', message: '', retry: 'never' }

export function PasswordDialog({ hasPassword, onChosen, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const [length, setLength] = useState(0)
  const [state, setState] = useState<'asking' | 'busy' | 'saved'>('asking')
  const [error, setError] = useState<Refusal | null>(null)

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    const password = field.current?.value ?? ''
    if (state !== 'asking') return
    setState('busy')
    const refusal = password.length < SHORTEST ? WEAK : await choosePassword(password)
    setError(refusal)
    setState(refusal ? 'asking' : 'saved')
    if (refusal) field.current?.focus()
    else onChosen()
  }

  return (
    <Dialog title={hasPassword ? 'Change your password' : 'Set a password'} onClose={onClose}>
      {state === 'saved' ? (
        <p class="quiet" role="status">
          <Icon d={check} small />
          Saved. Use it with your e-mail the next time you sign in.
        </p>
      ) : (
        <form class="stack" onSubmit={submit} noValidate>
          <div class="field">
            <label htmlFor="new-password">New password</label>
            <input
              id="new-password"
              ref={field}
              type="password"
              autocomplete="new-password"
              maxLength={256}
              aria-invalid={error !== null}
              aria-describedby="new-password-hint"
              onInput={event => setLength(event.currentTarget.value.length)}
            />
            <p id="new-password-hint" class="faint num">
              At least {SHORTEST} characters. A few words in a row are good.
              {length > 0 && length < SHORTEST && ` ${SHORTEST - length} more.`}
            </p>
          </div>
          <p class="wrong" role="alert">
            {error && (
              <>
                <Icon d={stopped} small />
                <span>{inWords(error)}</span>
              </>
            )}
          </p>
          <button type="submit" class="btn main" aria-busy={state === 'busy'}>
            Save password
          </button>
        </form>
      )}
    </Dialog>
  )
}
