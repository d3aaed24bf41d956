import type { ConversationId } from '@nightdesk/shared/ids.ts'
import type { ComponentChildren } from 'preact'
import { Icon } from '../../chat/icon.tsx'
import { back, shield } from '../../chat/icons.ts'
import { languageName, shortId } from '../people.ts'

type Props = {
  id: ConversationId
  name: string
  verified: boolean
  locale: string
  onBack: () => void
  children?: ComponentChildren
}

export function Head({ id, name, verified, locale, onBack, children }: Props) {
  return (
    <header class="head">
      <BackButton onBack={onBack} />
      <div class="who">
        <h2 tabIndex={-1}>
          <bdi class="cut">{name}</bdi>
          <Proof verified={verified} />
        </h2>
        <p class="faint cut">
          {languageName(locale)} ·{' '}
          <span class="mono" title={id}>
            {shortId(id)}
          </span>
        </p>
      </div>
      {children}
    </header>
  )
}

/** Only the exchange's signature makes somebody "signed in". */
export function Proof({ verified }: { verified: boolean }) {
  return verified ? (
    <span class="tag ok">
      <Icon d={shield} small />
      Signed in
    </span>
  ) : (
    <span class="tag">Not signed in</span>
  )
}

export function BackButton({ onBack }: { onBack: () => void }) {
  return (
    <button
      type="button"
      class="ib back"
      aria-label="Back to the inbox"
      title="Back to the inbox"
      onClick={onBack}
    >
      <Icon d={back} flip />
    </button>
  )
}
