import { ChatError } from '@nightdesk/shared/errors.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { visitorNamespace } from '@nightdesk/shared/protocol/visitor.ts'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { parseInput } from './input.ts'

const { input } = visitorNamespace.asks['message:send']
const good = { conversationId: newId('cv'), key: newId('mk'), text: 'hello' }

function refusalOf(given: unknown, schema: v.GenericSchema = input) {
  try {
    parseInput(schema, given)
  } catch (error) {
    if (error instanceof ChatError) return { code: error.code, ...error.detail }
    throw error
  }
  throw new Error('the input was believed')
}

test('[A2] input that fits is believed, and comes out as its schema makes it', () => {
  expect(parseInput(input, { ...good, text: 'a\r\nb' })).toEqual({ ...good, text: 'a\nb' })
})

test('[A2] input that does not fit is refused with the field where it can be named', () => {
  expect(refusalOf({ ...good, key: 'mk_1' })).toEqual({ code: 'INVALID_INPUT', field: 'key' })
  expect(refusalOf({ ...good, more: 1 })).toEqual({ code: 'INVALID_INPUT', field: 'more' })
  expect(refusalOf({ ...good, text: undefined })).toEqual({ code: 'INVALID_INPUT', field: 'text' })
  expect(refusalOf(null)).toEqual({ code: 'INVALID_INPUT' })
  expect(refusalOf('hello')).toEqual({ code: 'INVALID_INPUT' })
})

test('[M5] words that cannot be sent have codes of their own', () => {
  expect(refusalOf({ ...good, text: ' \n ' })).toEqual({ code: 'TEXT_EMPTY', field: 'text' })
  expect(refusalOf({ ...good, text: 'x'.repeat(4001) })).toEqual({ code: 'TEXT_TOO_LONG', field: 'text' })
  expect(refusalOf({ ...good, text: '\ud800' })).toEqual({ code: 'INVALID_INPUT', field: 'text' })
})

test('[A2] a message that only looks like a code of Object is no code', () => {
  const schema = v.pipe(
    v.string(),
    v.check(() => false, 'constructor'),
  )
  expect(refusalOf('x', schema)).toEqual({ code: 'INVALID_INPUT' })
})

test('[A2] a list is no object, not even an empty one', () => {
  expect(refusalOf([], v.strictObject({}))).toEqual({ code: 'INVALID_INPUT' })
})
