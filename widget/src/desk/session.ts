import { ERRORS, type ErrorCode, type Refusal } from '@nightdesk/shared/errors.ts'
import { NO_ANSWER } from '../chat/connection.ts'

/** How an agent proves who they are; there is no default password. */
export type Proof = { link: string } | { email: string; password: string }

/** Each answers `null` when it worked, else why it did not. The session itself is a cookie that no script sees. */
export const signIn = (proof: Proof) => request('POST', '/api/desk/session', proof)
export const choosePassword = (password: string) => request('PUT', '/api/desk/password', { password })
export const signOut = () => request('DELETE', '/api/desk/session')

const ANSWER_WITHIN_MS = 15_000

async function request(method: string, path: string, body?: object): Promise<Refusal | null> {
  try {
    const response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    return response.ok ? null : refusalIn(await response.json())
  } catch {
    return NO_ANSWER
  }
}

/** A proxy in between may answer in its own words; those count as no answer. */
function refusalIn(answer: unknown): Refusal {
  const error = (answer as { error?: Partial<Refusal> } | null)?.error
  if (!error || typeof error.code !== 'string' || !Object.hasOwn(ERRORS, error.code)) return NO_ANSWER
  const wait = typeof error.retryAfterMs === 'number' ? { retryAfterMs: error.retryAfterMs } : {}
  const code = error.code as ErrorCode
  return { code, message: '', retry: ERRORS[code].retry, ...wait }
}

/**
 * Takes a one-time link's token out of the address, before anything else can see, store or send it.
 * It stands after the `#`, so that it reached no server log on the way here.
 */
export function takeLink(): string | null {
  const link = /^#link=(.+)$/.exec(location.hash)?.[1]
  if (!link) return null
  history.replaceState(null, '', location.pathname)
  return link
}
