import type { Launcher } from './loader.ts'
import type { Command, Hello, ToFrame, ToLoader } from './messages.ts'

type Identity = { token?: string; getToken?: () => Promise<string | null> }

/** The panel is a card on desktops and the whole screen on phones (ui.md section 3). */
const CSS = `iframe{margin-bottom:72px;width:400px;height:min(640px,100dvh - 120px);border-radius:20px;background:#f6f5f1;transition:opacity .2s,transform .2s,visibility .2s}
iframe[inert]{visibility:hidden;opacity:0;transform:translateY(8px);transition-duration:.14s}
.dark iframe{background:#0c0f14;box-shadow:0 0 0 1px #2a313c,0 16px 48px #000a}
button:active{transform:translateY(1px)}
b{position:absolute;top:-3px;inset-inline-end:-3px;min-width:20px;padding:0 5px;box-sizing:border-box;border-radius:99px;background:#b0261c;font:600 12px/20px system-ui,sans-serif;box-shadow:0 0 0 2px #fff}
b.place{background:#e2eff4;color:#12566f}
.dark b{background:#c23a2f;box-shadow:0 0 0 2px #0c0f14}.dark b.place{background:#122b37;color:#84c8e2}
@media(max-width:599px),(max-height:559px){iframe{inset:0;margin:0;width:100%;height:100dvh;border-radius:0}.open.ready button{display:none}}
@media(prefers-reduced-motion:reduce){iframe{transition:none}}
@media(forced-colors:active){button{border:1px solid}}`

/** A frame that has loaded and says nothing for so long is an error page; opening tries again. */
const GREETED_WITHIN_MS = 2000

/**
 * `panel.js`: the frame on the support origin and the wire to it. It is on the exchange's page too, but only
 * when somebody means to chat.
 */
export function createPanel(launcher: Launcher) {
  const { options, origin, box, button, badge, seen, tell } = launcher
  const frame = document.createElement('iframe')
  let port: MessagePort | undefined
  let getToken = fetchToken
  let opened = false
  let isGreeted = false
  let loadedAt = Number.POSITIVE_INFINITY
  let unread = 0
  let greeted = () => {}
  let forgotten = () => {}
  let ready: Promise<void>
  launcher.addStyle(CSS)
  // No top navigation: whatever happens inside cannot take the trading page away.
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-downloads')
  frame.src = `${origin}/frame/${options.site}`
  frame.title = button.getAttribute('aria-label') ?? ''
  frame.inert = true
  frame.addEventListener('load', greet)
  appear()

  addEventListener('keydown', event => event.key === 'Escape' && show(false))
  // iOS lays the keyboard over the page; the panel keeps to what can be seen.
  const view = visualViewport
  view?.addEventListener('resize', () => {
    frame.style.height = innerWidth < 600 && view.height < innerHeight ? `${view.height}px` : ''
  })

  function appear(): void {
    isGreeted = false
    loadedAt = Number.POSITIVE_INFINITY
    ready = new Promise(resolve => {
      greeted = resolve
    })
    box.prepend(frame)
  }

  /** Hands a port to the frame; the exact target origin keeps it from anybody else who may sit there. */
  function greet(): void {
    loadedAt = Date.now()
    const channel = new MessageChannel()
    const hello: Hello = {
      type: 'nightdesk:hello',
      locale: launcher.locale(),
      theme: options.theme,
      resume: seen(),
    }
    port = channel.port1
    port.onmessage = event => hear(event.data)
    frame.contentWindow?.postMessage(hello, origin, [channel.port2])
  }

  /** From our own frame; still, nothing of it becomes more than text and numbers on this page. */
  function hear(message: ToLoader): void {
    switch (message.type) {
      case 'ready':
        isGreeted = true
        box.classList.add('ready')
        greeted()
        tell('ready', {})
        break
      case 'close':
        show(false)
        break
      case 'gone':
        frame.remove()
        port = undefined
        forgotten()
        break
      case 'token':
        getToken().then(
          token => post({ type: 'identity', token, failed: false }),
          () => post({ type: 'identity', token: null, failed: true }),
        )
        break
      case 'badge':
        drawBadge(+message.count, +message.place, `${message.label}`)
        break
      case 'event':
        tell(`${message.name}`, message.data)
    }
  }

  function drawBadge(count: number, place: number, label: string): void {
    if (count !== unread) tell('unread:changed', { count })
    unread = count
    badge.textContent = count > 9 ? '9+' : `${count || place || ''}`
    badge.className = count > 0 ? '' : 'place'
    button.setAttribute('aria-label', label)
  }

  function post(message: ToFrame): void {
    port?.postMessage(message)
  }

  async function fetchToken(): Promise<string | null> {
    if (options.tokenUrl === '') return null
    const response = await fetch(options.tokenUrl, { credentials: 'same-origin', cache: 'no-store' })
    if (response.status === 204) return null
    if (!response.ok) throw new Error(`the token endpoint answered ${response.status}`)
    return (await response.json()).token
  }

  function show(open: boolean): void {
    if (open === opened) return
    opened = open
    if (open) {
      const failed = !isGreeted && Date.now() - loadedAt > GREETED_WITHIN_MS
      if (failed) frame.remove()
      if (!frame.isConnected) appear()
      seen('1')
    }
    frame.inert = !open
    badge.hidden = open
    launcher.paint(open)
    void ready.then(() => post({ type: open ? 'open' : 'close' }))
    if (open) frame.focus()
    else button.focus()
    tell(open ? 'opened' : 'closed', {})
  }

  async function call(method: Command, argument?: unknown): Promise<void> {
    if (!frame.isConnected) appear()
    await ready
    post({ type: 'call', method, argument })
  }

  return {
    load: () => ready,
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!opened),
    show: () => {
      button.hidden = false
    },
    hide: () => {
      button.hidden = true
    },
    ready: () => ready,
    state: () => ({ open: opened, unread }),
    unreadCount: () => unread,
    startConversation: (start: unknown) => {
      show(true)
      return call('startConversation', start)
    },
    setLocale: (locale: string) => {
      options.locale = `${locale}`
      return call('setLocale', options.locale)
    },
    setTheme: (theme: string) => {
      options.theme = `${theme}`
      launcher.paint()
      return call('setTheme', options.theme)
    },
    identify: ({ token, getToken: ask }: Identity = {}) => {
      if (ask) getToken = ask
      else if (token) getToken = async () => token
      return call('identify')
    },
    /** Forgets the visitor on this device and takes the frame away; the launcher stays. Answers when it is done. */
    shutdown: async () => {
      show(false)
      if (!frame.isConnected) return
      const done = new Promise<void>(resolve => {
        forgotten = resolve
      })
      await call('forget')
      await done
    },
    destroy: () => launcher.host.remove(),
  }
}
