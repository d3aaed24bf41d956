import { COMMANDS, type Command, type Hello, type ToFrame, type ToLoader } from '../embed/messages.ts'

/** The exchange's page, as far as the frame knows it: a port, and what was said when it was handed over. */
export type Host = {
  hello: Hello
  tell(message: ToLoader): void
  /** A fresh signed identity, `null` for a guest; rejects when the exchange did not answer. */
  identity(): Promise<string | null>
  onShow: (shown: boolean) => void
  onCommand: (command: Command, argument: unknown) => void
}

const ANSWER_WITHIN_MS = 10_000
const LONGEST_TOKEN = 8192

/**
 * Waits for the page that embeds us. Only our parent, and only from an origin of this site, may hand over the
 * port; everything else that is posted here is not even looked at.
 */
export function meetHost(origins: readonly string[]): Promise<Host> {
  return new Promise(resolve => {
    addEventListener('message', function greet({ source, origin, ports, data }: MessageEvent) {
      const [port] = ports
      if (source !== parent || !origins.includes(origin) || !port) return
      if (data?.type !== 'nightdesk:hello') return
      removeEventListener('message', greet)
      resolve(
        hostOn(port, {
          type: 'nightdesk:hello',
          locale: `${data.locale}`.slice(0, 35),
          theme: `${data.theme}`,
          resume: data.resume === true,
        }),
      )
    })
  })
}

function hostOn(port: MessagePort, hello: Hello): Host {
  let answer: ((identity: ToFrame & { type: 'identity' }) => void) | undefined
  const host: Host = {
    hello,
    tell: message => port.postMessage(message),
    identity: () =>
      new Promise((resolve, reject) => {
        const late = setTimeout(reject, ANSWER_WITHIN_MS)
        answer = ({ token, failed }) => {
          clearTimeout(late)
          if (failed) reject()
          else resolve(token)
        }
        host.tell({ type: 'token' })
      }),
    onShow: () => {},
    onCommand: () => {},
  }
  port.onmessage = ({ data }) => {
    const message = checked(data)
    if (message?.type === 'identity') answer?.(message)
    else if (message?.type === 'call') host.onCommand(message.method as Command, message.argument)
    else if (message) host.onShow(message.type === 'open')
  }
  return host
}

/** The exchange's page is a stranger: a message of any other shape than these is nothing. */
function checked(data: unknown): ToFrame | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { type, token, failed, method } = data as Record<string, unknown>
  const known =
    type === 'open' ||
    type === 'close' ||
    (type === 'call' && COMMANDS.includes(method as Command)) ||
    (type === 'identity' &&
      typeof failed === 'boolean' &&
      (token === null || (typeof token === 'string' && token.length <= LONGEST_TOKEN)))
  return known ? (data as ToFrame) : undefined
}
