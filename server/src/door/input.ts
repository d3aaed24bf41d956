import type { ErrorCode } from '@nightdesk/shared/errors.ts'
import { ChatError, ERRORS } from '@nightdesk/shared/errors.ts'
import * as v from 'valibot'

/**
 * Believes what a stranger sent, or throws a ChatError. Inputs are objects; valibot takes a list for an empty
 * object, we do not.
 */
export function parseInput<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  if (Array.isArray(input)) throw new ChatError('INVALID_INPUT')
  const parsed = v.safeParse(schema, input)
  if (!parsed.success) throw inputError(parsed.issues)
  return parsed.output
}

/** A schema's complaint as a refusal; a check may name a code of its own as its message. */
function inputError(issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): ChatError {
  const [issue] = issues
  const code = Object.hasOwn(ERRORS, issue.message) ? (issue.message as ErrorCode) : 'INVALID_INPUT'
  const field = v.getDotPath(issue)
  return new ChatError(code, field === null ? {} : { field })
}
