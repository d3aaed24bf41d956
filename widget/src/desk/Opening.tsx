import { Icon } from '../chat/icon.tsx'
import { gate } from '../chat/icons.ts'

/** Before the first answer of the server. It says something only when that takes long. */
export function Opening({ lost, onRetry }: { lost: boolean; onRetry?: () => void }) {
  return (
    <main class="gate">
      <div class="opening" role="status">
        <span class="mark">
          <Icon d={gate} />
        </span>
        {lost ? (
          <>
            <h1>No connection</h1>
            <p class="mute">The desk opens by itself as soon as the server answers.</p>
            {onRetry && (
              <button type="button" class="btn" onClick={onRetry}>
                Retry
              </button>
            )}
          </>
        ) : (
          <p class="mute later">Opening the desk</p>
        )}
      </div>
    </main>
  )
}
