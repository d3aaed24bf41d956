import '../chat/tokens.css'
import '../chat/base.css'
import './home.css'
import './queue.css'
import './frame.css'
import './log.css'
import './composer.css'
import { render } from 'preact'
import { setTheme } from '../chat/theme.ts'
import { App } from './App.tsx'
import { createChat } from './chat.ts'
import { meetHost } from './host.ts'
import { readSite } from './site.ts'
import { setLanguage, words } from './words/words.ts'

const site = readSite()
const host = await meetHost(site.origins)
setTheme(host.hello.theme)
await setLanguage(host.hello.locale || site.locale)

const onClose = () => host.tell({ type: 'close' })
const chat = createChat(site, host, state => {
  render(<App chat={chat} state={state} site={site} onClose={onClose} />, document.body)
  // What had the focus may be gone from the screen; the next key must not go nowhere.
  if (state.shown && document.activeElement === document.body) focusScreen()
})
host.onShow = shown => {
  chat.setShown(shown)
  if (!shown) return
  chat.start()
  focusScreen()
}
host.onCommand = (command, argument) => {
  switch (command) {
    case 'identify':
      chat.start()
      chat.retry()
      break
    case 'startConversation': {
      chat.start()
      chat.goHome()
      const text = (argument as { text?: unknown } | null)?.text
      if (typeof text === 'string' && text.trim() !== '') chat.say(text)
      break
    }
    case 'setLocale':
      void setLanguage(`${argument}`).then(chat.redraw)
      break
    case 'setTheme':
      setTheme(`${argument}`)
      break
    case 'forget':
      void chat.shutdown().then(() => host.tell({ type: 'gone' }))
  }
}
addEventListener('keydown', event => {
  // The menu first, then the chat.
  if (event.key === 'Escape' && !chat.closeMenu()) onClose()
})
// A chat that was opened in this tab before keeps counting what comes in.
if (host.hello.resume) chat.start()
chat.redraw()
document.title = words.support(site.name)
host.tell({ type: 'ready' })

/** A reader hears where they are; a phone's keyboard stays down until it is wanted. */
function focusScreen(): void {
  document.querySelector<HTMLElement>('.hello, .log')?.focus({ preventScroll: true })
}
