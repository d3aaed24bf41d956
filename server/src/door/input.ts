import type { ErrorCode } from '@nightdesk/shared/errors.ts'
import { ChatError, ERRORS } from '@nightdesk/shared/errors.ts'
import * as v from 'valibot'

/** A schema's complaint as a refusal; a check may name a code of its own as its message. */
export function inputError(issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): ChatError {
  const [issue] = issues
  const code = Object.hasOwn(ERRORS, issue.message) ? (issue.message as ErrorCode) : 'INVALID_INPUT'
  const field = v.getDotPath(issue)
  return new ChatError(code, field === null ? {} : { field })
}
