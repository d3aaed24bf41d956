import { ERRORS, type ErrorCode, type Refusal } from '@nightdesk/shared/errors.ts'

/** What an agent should read where the table's sentence was written for a visitor. */
const AT_THE_DESK: Partial<Record<ErrorCode, string>> = {
  NOT_READY: 'The server did not answer. Try again.',
  INTERNAL: 'Something broke on our side. Try again.',
  STORE_UNAVAILABLE: 'It could not be stored. Try again.',
  SESSION_INVALID: 'Your session has ended. Sign in again.',
  LINK_INVALID: 'This sign-in link was used or has expired. Ask your operator for a new one.',
}

/** A refusal in words: what happened and what to do. */
export function inWords({ code, retryAfterMs }: Refusal): string {
  if (code !== 'RATE_LIMITED') return AT_THE_DESK[code] ?? ERRORS[code].sentence
  const seconds = Math.ceil((retryAfterMs ?? 1000) / 1000)
  return `Too many tries. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`
}
