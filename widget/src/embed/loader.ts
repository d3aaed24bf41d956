import { readOptions } from './options.ts'

/**
 * `widget.js`, the only code of ours on every page of the exchange: a launcher, and one global whose methods
 * wait until the rest has loaded, on the first sign that somebody means to use it. It reads no cookie, keeps no
 * token and fails silently and small.
 */
export type Launcher = ReturnType<typeof drawLauncher>

const CHAT = 'M3.4 9.6a6.6 6 0 1 1 4.3 5.6l-3.3 1.4.8-2.9a6 6 0 0 1-1.8-4.1z'
const SVG = 'http://www.w3.org/2000/svg'
const SEEN = 'nightdesk'
const PREFIX = 'nightdesk:'
/** The public interface; `panel.ts` has a method of each name. */
const METHODS =
  'load open close toggle show hide identify startConversation setLocale setTheme shutdown destroy ready state unreadCount'

type Queued = [name: string, ...rest: unknown[]]
type Api = Record<string, (...rest: unknown[]) => unknown>

const script = document.currentScript as HTMLScriptElement
const options = readOptions(script.dataset)
const { origin } = new URL(script.src)
const page = window as unknown as { Nightdesk?: Api | Queued[] }

/** `panel.ts` as it is seen from here: methods by name. */
let panel: Promise<Api> | undefined
let launcher: Launcher

function load(): Promise<Api> {
  panel ??= import(/* @vite-ignore */ `${origin}/panel.js`).then(
    (module: { createPanel: (launcher: Launcher) => Api }) => module.createPanel(launcher),
  )
  // Blocked or offline: the next press tries again.
  panel?.catch(() => {
    panel = undefined
  })
  return panel as Promise<Api>
}

function drawLauncher() {
  const host = document.createElement('nightdesk-widget')
  const box = document.createElement('div')
  const button = document.createElement('button')
  const badge = document.createElement('b')
  const svg = document.createElementNS(SVG, 'svg')
  const path = document.createElementNS(SVG, 'path')
  const root = host.attachShadow({ mode: 'closed' })
  const dark = matchMedia('(prefers-color-scheme:dark)')
  const locale = () =>
    options.locale === 'auto' ? document.documentElement.lang || navigator.language : options.locale
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.append(path)
  button.setAttribute('aria-label', /^zh/.test(locale()) ? '在线客服' : 'Support chat')
  button.hidden = options.hideLauncher
  button.append(svg, badge)
  button.onclick = () =>
    load().then(
      chat => chat.toggle?.(),
      () => {},
    )
  button.onpointerenter = button.onpointerdown = button.onfocus = load
  box.append(button)
  root.append(box)
  addStyle(`button,iframe{position:fixed;z-index:${options.zIndex};${options.position === 'left' ? 'left' : 'right'}:${options.offsetX}px;bottom:${options.offsetY}px;border:0;box-shadow:0 1px 2px #15181e0f,0 12px 40px #15181e2e}
button{width:56px;height:56px;padding:0;border-radius:50%;background:#12566f;color:#fff;cursor:pointer;display:grid;place-items:center}
button:focus-visible{outline:2px solid #84c8e2;outline-offset:2px}
svg{width:26px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.dark button{background:#1f6f8c}
[hidden],b:empty{display:none}`)
  document.body.append(host)

  /** A constructed sheet passes a page's `style-src` without an inline style. */
  function addStyle(css: string): void {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets.push(sheet)
  }

  let opened = false
  /** Draws the launcher as the panel is; without a word, as it was. */
  function paint(open = opened): void {
    opened = open
    const isDark = options.theme === 'auto' ? dark.matches : options.theme === 'dark'
    box.classList.toggle('dark', isDark)
    box.classList.toggle('open', open)
    path.setAttribute('d', open ? 'm5 5 10 10M15 5 5 15' : CHAT)
    button.setAttribute('aria-expanded', `${open}`)
  }
  dark.onchange = () => paint()
  paint()
  return { options, origin, host, box, button, badge, locale, paint, addStyle, seen, tell }
}

/** Whether the chat was opened in this tab before, so that the next page keeps it warm. No token, no history. */
function seen(mark?: string): boolean {
  try {
    if (mark) sessionStorage[SEEN] = mark
    return !!sessionStorage[SEEN]
  } catch {
    return false
  }
}

function tell(type: string, detail: object): void {
  dispatchEvent(new CustomEvent(PREFIX + type, { detail }))
}

function start(): void {
  launcher = drawLauncher()
  const queued = page.Nightdesk
  const api: Api = {
    /** Answers the function that ends the subscription; every other method answers a promise. */
    on: (type, listener) => {
      const hear = (event: Event) =>
        (listener as (event: object) => void)({ type, data: (event as CustomEvent).detail })
      addEventListener(PREFIX + type, hear)
      return () => removeEventListener(PREFIX + type, hear)
    },
  }
  for (const name of METHODS.split(' ')) api[name] = async argument => (await load())[name]?.(argument)
  page.Nightdesk = api
  if (Array.isArray(queued)) for (const [name, ...rest] of queued) api[name]?.(...rest)
  if (seen()) load()
}

// A second tag on the page changes nothing.
if (!page.Nightdesk || Array.isArray(page.Nightdesk)) {
  if (document.body) start()
  else addEventListener('DOMContentLoaded', start)
}
