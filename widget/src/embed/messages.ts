/**
 * What the loader on the exchange's page and the frame on the support origin say to each other, over a
 * MessageChannel that was handed over after an exact check of origin and source. Neither side believes the
 * other's types: the frame checks every message against these shapes, the loader coerces what it uses.
 */
export type ToFrame =
  | { type: 'open' }
  | { type: 'close' }
  | { type: 'identity'; token: string | null; failed: boolean }
  /** A method of the public interface that the frame carries out. */
  | { type: 'call'; method: string; argument: unknown }

export type ToLoader =
  | { type: 'ready' }
  | { type: 'close' }
  /** The visitor is forgotten here; the frame may be taken away. */
  | { type: 'gone' }
  | { type: 'token' }
  | { type: 'badge'; count: number; place: number; label: string }
  | { type: 'event'; name: string; data: object }

/** The one message on `window`, which carries the port. */
export type Hello = { type: 'nightdesk:hello'; locale: string; theme: string; resume: boolean }

/** The methods of the public interface that the frame carries out. */
export const COMMANDS = ['startConversation', 'setLocale', 'setTheme', 'identify', 'forget'] as const
export type Command = (typeof COMMANDS)[number]
