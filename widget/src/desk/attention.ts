import { signal } from '@preact/signals'

const looking = () => document.visibilityState === 'visible' && document.hasFocus()

/** Whether a person can be looking at this window: what nobody sees, nobody has read. */
export const attentive = signal(looking())

for (const event of ['focus', 'blur', 'visibilitychange', 'pageshow']) {
  addEventListener(event, () => {
    attentive.value = looking()
  })
}
