import { ERRORS, type ErrorCode } from '@nightdesk/shared/errors.ts'
import { Icon } from '../chat/icon.tsx'
import { gate } from '../chat/icons.ts'

/** The server refuses this page for good; an older page is mended by loading the newer one. */
export function Halted({ code }: { code: ErrorCode }) {
  return (
    <main class="gate">
      <div class="card">
        <span class="mark">
          <Icon d={gate} />
        </span>
        <div>
          <h1>The desk cannot open</h1>
          <p class="mute">{ERRORS[code].sentence}</p>
        </div>
        <button type="button" class="btn main tall" onClick={() => location.reload()}>
          Load again
        </button>
      </div>
    </main>
  )
}
