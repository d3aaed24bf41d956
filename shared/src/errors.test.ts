import { expect, test } from 'vitest'
import { ChatError, refusal } from './errors.ts'

test('[A1] a refusal carries its code, a sentence to read, whether to try again, and its details', () => {
  expect(refusal(new ChatError('RATE_LIMITED', { retryAfterMs: 1200 }))).toEqual({
    code: 'RATE_LIMITED',
    message: 'Too many at once. Please wait a moment.',
    retry: 'later',
    retryAfterMs: 1200,
  })
  expect(refusal(new ChatError('INVALID_INPUT', { field: 'text' }))).toMatchObject({
    retry: 'never',
    field: 'text',
  })
  expect(Object.keys(refusal(new ChatError('NOT_FOUND')))).toEqual(['code', 'message', 'retry'])
})
