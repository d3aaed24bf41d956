import '../chat/tokens.css'
import '../chat/base.css'
import './styles/desk.css'
import './styles/controls.css'
import './styles/frame.css'
import './styles/inbox.css'
import './styles/conversation.css'
import './styles/log.css'
import './styles/composer.css'
import './styles/customer.css'
import './styles/layers.css'
import type { Refusal } from '@nightdesk/shared/errors.ts'
import { signal } from '@preact/signals'
import { render } from 'preact'
import { setTheme } from '../chat/theme.ts'
import { App } from './App.tsx'
import { createDesk } from './desk.ts'
import { goLive } from './live.ts'
import { Opening } from './Opening.tsx'
import { signIn, takeLink } from './session.ts'
import { createWishes } from './wishes.ts'

/** link → session → socket → screen. */
async function main(): Promise<void> {
  setTheme('auto')
  const link = takeLink()
  render(<Opening lost={false} />, document.body)
  // A link that fails says so only where there is no session: an agent who opens it twice is signed in.
  const linkRefused = signal<Refusal | null>(link ? await signIn({ link }) : null)
  const desk = createDesk()
  const live = goLive(desk)
  const wishes = createWishes(desk, live)
  addEventListener('hashchange', async () => {
    const next = takeLink()
    if (!next) return
    linkRefused.value = await signIn({ link: next })
    live.retry()
  })
  render(<App desk={desk} live={live} wishes={wishes} linkRefused={linkRefused} />, document.body)
}

void main()
