import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import * as s from './schemas.ts'

const complaint = (schema: v.GenericSchema, input: unknown) => v.safeParse(schema, input).issues?.[0].message
const fits = (schema: v.GenericSchema, input: unknown) => v.safeParse(schema, input).success

describe('[M5] the words of a person', () => {
  test('are kept as they were written, line feeds, tabs and outer spaces too', () => {
    for (const words of [
      'hello',
      '币在哪里？',
      'one\ntwo\tthree',
      '  indented',
      'e\u0301',
      '👨‍👩‍👧‍👦',
      '\u00a0x',
    ]) {
      expect(v.parse(s.text, words)).toBe(words)
    }
  })

  test('lose every control character but tab and line feed', () => {
    const controls = [...Array(32).keys(), ...Array.from({ length: 33 }, (_, index) => 127 + index)]
    for (const code of controls.filter(code => code !== 9 && code !== 10)) {
      expect(v.parse(s.text, `a${String.fromCharCode(code)}b`), `U+${code.toString(16)}`).toBe('ab')
    }
    expect(v.parse(s.text, 'line one\r\nline two')).toBe('line one\nline two')
    expect(v.parse(s.text, ' ~\u00a0')).toBe(' ~\u00a0')
  })

  test('with half a character are refused', () => {
    for (const words of ['\ud800', 'a\udfffb', '\udc00\ud800', `${'x'.repeat(3999)}\ud83d`]) {
      expect(complaint(s.text, words)).toBe('INVALID_INPUT')
    }
  })

  test('may be 4,000 code points long, in emoji too, and not one more', () => {
    for (const character of ['x', '币', '😀', '𠮷']) {
      expect(v.parse(s.text, character.repeat(4000))).toBe(character.repeat(4000))
      expect(complaint(s.text, character.repeat(4001))).toBe('TEXT_TOO_LONG')
    }
  })

  test('are counted after the control characters are gone', () => {
    expect(v.parse(s.text, `${'x'.repeat(4000)}\u0000`)).toBe('x'.repeat(4000))
  })

  test.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['line feeds and tabs', '\n\t\n'],
    ['wide spaces', '\u3000\u2003\u00a0'],
    ['control characters', '\u0000\u0007\u009f'],
    ['5,000 spaces', ' '.repeat(5000)],
    ['a zero width space', '\u200b'],
    ['zero width joiners', '\u200d\u200c\u2060'],
    ['a soft hyphen', '\u00ad'],
    ['marks of direction', '\u200e\u200f\u202e'],
    ['a byte order mark', '\ufeff'],
  ])('without a visible character are empty: %s', (_, words) => {
    expect(complaint(s.text, words)).toBe('TEXT_EMPTY')
  })

  test('are a text and nothing else', () => {
    for (const input of [null, undefined, 7, true, ['hello'], { text: 'hello' }]) {
      expect(fits(s.text, input), JSON.stringify(input)).toBe(false)
    }
  })
})

test('[A2] an id of another kind, or almost an id, does not fit', () => {
  expect(v.parse(s.conversationId, newId('cv'))).toMatch(/^cv_/)
  for (const input of [newId('ms'), newId('mk'), 'cv_', `${newId('cv')}\n`, `${newId('cv')}x`, '', null, 7]) {
    expect(fits(s.conversationId, input), JSON.stringify(input)).toBe(false)
  }
  expect(fits(s.messageKey, newId('mk'))).toBe(true)
  expect(fits(s.messageKey, newId('cv'))).toBe(false)
})

test('[A2] a seq is a whole number from 0, a page holds 1 to 200 messages', () => {
  for (const input of [0, 1, 2 ** 53 - 1]) expect(fits(s.seq, input)).toBe(true)
  for (const input of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null]) {
    expect(fits(s.seq, input), String(input)).toBe(false)
  }
  expect([0, 1, 200, 201, 1.5].map(size => fits(s.pageSize, size))).toEqual([false, true, true, false, false])
})

test('[A2] a language tag and the name of an entry are short and plain', () => {
  for (const tag of ['en', 'zh-Hans', 'zh-Hant-TW', 'es-419', 'EN-us']) expect(fits(s.locale, tag)).toBe(true)
  for (const tag of [
    '',
    'e',
    'en_US',
    'en-',
    '-en',
    'en-\n',
    '../en',
    `en${'-aaaaaaaa'.repeat(5)}`,
    'zh Hans',
  ]) {
    expect(fits(s.locale, tag), tag).toBe(false)
  }
  expect(fits(s.entryId, 'lost_2fa')).toBe(true)
  for (const id of ['', 'Lost', 'a-b', 'a.b', '../a', 'x'.repeat(65), '__proto__ ']) {
    expect(fits(s.entryId, id), id).toBe(false)
  }
})

test('[A2] an object with a field too many or too few does not fit, however deep', () => {
  const message = {
    id: newId('ms'),
    conversationId: newId('cv'),
    seq: 1,
    sentAt: 1,
    author: { role: 'agent', agent: { code: 'A11', name: 'Sam' } },
    body: { kind: 'status', now: { status: 'bot' } },
  }
  expect(fits(s.message, message)).toBe(true)
  expect(fits(s.message, { ...message, key: newId('mk') })).toBe(true)
  const { seq, ...withoutSeq } = message
  for (const off of [
    withoutSeq,
    { ...message, seq: String(seq) },
    { ...message, siteId: 'st_demo' },
    { ...message, key: undefined },
    { ...message, author: { role: 'visitor', visitorId: newId('vi') } },
    { ...message, author: { role: 'agent', agent: { code: 'A11', name: 'Sam', email: 'sam@x.example' } } },
    { ...message, author: { role: 'admin' } },
    { ...message, body: { kind: 'status', now: { status: 'bot', agent: null } } },
    { ...message, body: { kind: 'status', now: { status: 'open', openedAt: 1 } } },
    { ...message, body: { kind: 'html', text: '<b>' } },
  ]) {
    expect(fits(s.message, off), JSON.stringify(off)).toBe(false)
  }
})

test('[A2] a page is asked for by seq, and by nothing that is not in the table', () => {
  const conversationId = newId('cv')
  for (const request of [{}, { after: 0 }, { before: 10, limit: 5 }]) {
    expect(fits(s.pageRequest, { conversationId, ...request })).toBe(true)
  }
  for (const request of [{ after: -1 }, { after: undefined }, { since: 1 }, { limit: 0 }, { before: '9' }]) {
    expect(fits(s.pageRequest, { conversationId, ...request }), JSON.stringify(request)).toBe(false)
  }
})

test('[S1] a state has the fields of its status and no others', () => {
  const agent = { code: 'A11', name: 'Sam' }
  for (const state of [
    { status: 'bot' },
    { status: 'queued', queuedAt: 1, reason: 'unsure' },
    { status: 'open', openedAt: 1, agent },
    { status: 'closed', closedAt: 1, closedBy: 'visitor', agent: null },
  ]) {
    expect(v.parse(s.state, state)).toEqual(state)
  }
  for (const state of [
    { status: 'bot', agent },
    { status: 'queued', queuedAt: 1, reason: 'bored' },
    { status: 'open', openedAt: 1, agent: null },
    { status: 'closed', closedAt: 1, closedBy: 'bot', agent: null },
    { status: 'gone' },
    {},
  ]) {
    expect(fits(s.state, state), JSON.stringify(state)).toBe(false)
  }
})
