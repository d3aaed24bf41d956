import type { Challenge } from './protocol/proof.ts'

/**
 * The error table. Every refusal anywhere in Nightdesk is one of these codes; PROTOCOL.md documents each,
 * and a law in `tests/laws` fails when a code is undocumented or unused.
 *
 * `status` is the HTTP status; `sentence` may be read by a visitor; `retry` answers "try again?":
 * `never` with the same words, `later` after a wait, `reconnect` with a new session, `proof` with the challenge solved.
 */
export const ERRORS = {
  INVALID_INPUT: {
    status: 400,
    retry: 'never',
    sentence: 'Something in this request is not as it should be.',
  },
  TEXT_EMPTY: { status: 400, retry: 'never', sentence: 'There is nothing in this message.' },
  TEXT_TOO_LONG: { status: 400, retry: 'never', sentence: 'This message is too long.' },
  UNKNOWN_EVENT: { status: 404, retry: 'never', sentence: 'This server does not know what was asked.' },
  PACKET_TOO_LARGE: { status: 413, retry: 'never', sentence: 'This is too large to accept.' },
  MEDIA_TYPE: { status: 415, retry: 'never', sentence: 'Only application/json is accepted here.' },
  NOT_FOUND: { status: 404, retry: 'never', sentence: 'There is no such conversation.' },
  CONVERSATION_CLOSED: { status: 409, retry: 'never', sentence: 'This conversation is closed.' },
  NOT_WAITING: { status: 409, retry: 'never', sentence: 'This conversation is not waiting for a person.' },
  ALREADY_TAKEN: { status: 409, retry: 'never', sentence: 'Another agent has this conversation.' },
  NOT_YOUR_CONVERSATION: { status: 403, retry: 'never', sentence: 'Take this conversation first.' },
  KEY_REUSED: { status: 409, retry: 'never', sentence: 'This message key was used for other words.' },
  RATE_LIMITED: { status: 429, retry: 'later', sentence: 'Too many at once. Please wait a moment.' },
  PROOF_NEEDED: { status: 429, retry: 'proof', sentence: 'Your browser has to show that it is one.' },
  ORIGIN_REFUSED: { status: 403, retry: 'never', sentence: 'This page may not talk to this server.' },
  SITE_UNKNOWN: { status: 404, retry: 'never', sentence: 'There is no such site.' },
  SESSION_INVALID: { status: 401, retry: 'reconnect', sentence: 'This session has ended.' },
  IDENTITY_INVALID: { status: 401, retry: 'reconnect', sentence: 'The exchange did not prove who you are.' },
  PROTOCOL_UNSUPPORTED: { status: 400, retry: 'never', sentence: 'This page is out of date. Load it again.' },
  SIGN_IN_FAILED: { status: 401, retry: 'never', sentence: 'That e-mail and password do not match.' },
  LINK_INVALID: { status: 401, retry: 'never', sentence: 'This sign-in link was used or has expired.' },
  PASSWORD_WEAK: { status: 400, retry: 'never', sentence: 'Choose a password of at least 12 characters.' },
  NOT_READY: { status: 503, retry: 'later', sentence: 'The server is starting or stopping.' },
  STORE_UNAVAILABLE: { status: 503, retry: 'later', sentence: 'It could not be stored. Nothing is lost.' },
  INTERNAL: { status: 500, retry: 'later', sentence: 'Something broke on our side. Your message is safe.' },
} as const satisfies Record<string, ErrorRow>

export type Retry = 'never' | 'later' | 'reconnect' | 'proof'
type ErrorRow = { status: number; retry: Retry; sentence: string }
export type ErrorCode = keyof typeof ERRORS

/** What a refusal carries besides its code: how long to wait, which field was wrong, what is to be solved. */
export type ErrorDetail = { retryAfterMs?: number; field?: string; challenge?: Challenge }

/** A refusal as it travels: in an ack, in an HTTP body, in a refused handshake. */
export type Refusal = { code: ErrorCode; message: string; retry: Retry } & ErrorDetail

/** A refusal as it is thrown. Everything else that is thrown is a bug and is answered INTERNAL. */
export class ChatError extends Error {
  readonly code: ErrorCode
  readonly detail: ErrorDetail

  constructor(code: ErrorCode, detail: ErrorDetail = {}) {
    super(ERRORS[code].sentence)
    this.name = 'ChatError'
    this.code = code
    this.detail = detail
  }
}

export function refusal(error: ChatError): Refusal {
  return { code: error.code, message: error.message, retry: ERRORS[error.code].retry, ...error.detail }
}
