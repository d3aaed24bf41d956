import type { Line } from '../chat/connection.ts'
import { Icon } from '../chat/icon.tsx'
import * as icons from '../chat/icons.ts'
import type { BannerState } from './banner.ts'
import { words } from './words/words.ts'

type Props = { line: Line; banner: BannerState; onRetry: () => void }

export function Banner({ line, banner, onRetry }: Props) {
  const [tone, icon, text] = lookOf(line, banner)
  if (!text) return null
  return (
    <div class={`bar ${tone}`} role="status">
      <Icon d={icon} />
      <span>{text}</span>
      {tone !== 'ok' && (
        <button type="button" class="btn small" onClick={onRetry}>
          {words.retry}
        </button>
      )}
    </div>
  )
}

function lookOf(line: Line, banner: BannerState): readonly [tone: string, icon: string, text: string] {
  if (line.state === 'refused') return ['risk', icons.stopped, whyRefused(line.code)]
  if (line.state === 'checking') return ['ok', icons.check, words.checking]
  if (banner === 'back') return ['ok', icons.check, words.backOnLine]
  return ['', icons.noLine, banner === 'none' ? '' : words.noLine]
}

function whyRefused(code: string): string {
  return code === 'IDENTITY_INVALID' ? words.refusedIdentity : words.refusedPage
}
