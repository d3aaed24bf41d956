import type { Line } from '../chat/connection.ts'
import { Icon } from '../chat/icon.tsx'
import * as icons from '../chat/icons.ts'
import type { BannerState } from './banner.ts'
import { words } from './words/words.ts'

type Props = { line: Line; banner: BannerState; onRetry: () => void }

export function Banner({ line, banner, onRetry }: Props) {
  const refused = line.state === 'refused'
  const checking = line.state === 'checking'
  if (!refused && !checking && banner === 'none') return null
  const good = checking || (!refused && banner === 'back')
  return (
    <div class={`bar ${refused ? 'risk' : good ? 'ok' : ''}`} role="status">
      <Icon d={refused ? icons.stopped : good ? icons.check : icons.noLine} />
      <span>
        {refused ? whyRefused(line.code) : checking ? words.checking : good ? words.backOnLine : words.noLine}
      </span>
      {!good && (
        <button type="button" class="btn small" onClick={onRetry}>
          {words.retry}
        </button>
      )}
    </div>
  )
}

function whyRefused(code: string): string {
  return code === 'IDENTITY_INVALID' ? words.refusedIdentity : words.refusedPage
}
