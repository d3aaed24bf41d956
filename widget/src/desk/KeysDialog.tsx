import { Dialog } from './account/Dialog.tsx'
import { alt, sendKey } from './keys.ts'

const KEYS: readonly (readonly [string, string])[] = [
  [alt('J'), 'Next conversation'],
  [alt('K'), 'Previous conversation'],
  [alt('L'), 'Reply, or take the conversation'],
  [sendKey, 'Send'],
  [alt('E'), 'Close the conversation'],
  [alt('I'), 'Customer'],
  ['?', 'This list'],
  ['Esc', 'Close this list'],
]

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
