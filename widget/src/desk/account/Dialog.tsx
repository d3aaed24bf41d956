import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../../chat/icon.tsx'
import { close } from '../../chat/icons.ts'

type Props = { title: string; onClose: () => void; children: ComponentChildren }

/** The browser's own modal: it holds the focus, gives it back, and closes on Esc. */
export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    dialog.current?.showModal()
    // The browser would choose the cross, which comes first.
    dialog.current?.querySelector('input')?.focus()
  }, [])
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onClose={onClose}>
      <header>
        <h2 id="dialog-title">{title}</h2>
        <button type="button" class="ib" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon d={close} />
        </button>
      </header>
      {children}
    </dialog>
  )
}
