import { expect, test } from 'vitest'
import { parseMarkup, type Span } from './markup.ts'

const plain = (text: string): Span => ({ bold: false, text })
const bold = (text: string): Span => ({ bold: true, text })
const paragraph = (...spans: Span[]) => ({ kind: 'paragraph', spans })

test('an empty line parts two paragraphs, a single line break does not', () => {
  expect(parseMarkup('Do nothing yet.\nHang up first.\n\n  \n\nThen write to us.\n')).toEqual([
    paragraph(plain('Do nothing yet. Hang up first.')),
    paragraph(plain('Then write to us.')),
  ])
})

test('nothing but white space is no block at all', () => {
  for (const text of ['', ' ', '\n\n\n', '\t\n \n']) expect(parseMarkup(text)).toEqual([])
})

test('a file written on Windows reads the same', () => {
  expect(parseMarkup('One.\r\n\r\n1. Two\r\n2. Three\r\n')).toEqual(parseMarkup('One.\n\n1. Two\n2. Three\n'))
})

test('numbered lines are steps, and a line without a number goes on with its step', () => {
  expect(
    parseMarkup('1. Open the transfer\n   and copy its ID.\n2. Compare the network.\n10. Wait.'),
  ).toEqual([
    {
      kind: 'steps',
      items: [
        [plain('Open the transfer and copy its ID.')],
        [plain('Compare the network.')],
        [plain('Wait.')],
      ],
    },
  ])
})

test('a number in the middle of a sentence, a year or a price is not a step', () => {
  for (const text of [
    'It takes 2. hours',
    '2026. was a good year',
    '1.5 BTC is missing',
    '1.',
    'No. 1. is this',
  ]) {
    expect(parseMarkup(text)).toEqual([paragraph(plain(text))])
  }
})

test('two asterisks on both sides make bold, in paragraphs and in steps', () => {
  expect(parseMarkup('It takes **24 hours**, no more.\n\n1. **Sent**: it has left us.')).toEqual([
    paragraph(plain('It takes '), bold('24 hours'), plain(', no more.')),
    { kind: 'steps', items: [[bold('Sent'), plain(': it has left us.')]] },
  ])
})

test('a lone pair of asterisks opens nothing and stays text', () => {
  expect(parseMarkup('2 ** 10 is 1024')).toEqual([paragraph(plain('2 ** 10 is 1024'))])
  expect(parseMarkup('**never')).toEqual([paragraph(plain('**never'))])
  expect(parseMarkup('never**')).toEqual([paragraph(plain('never**'))])
  expect(parseMarkup('**this** and ** that')).toEqual([paragraph(bold('this'), plain(' and ** that'))])
})

test('bold does not reach from one step into the next', () => {
  expect(parseMarkup('1. never **share\n2. a** code')).toEqual([
    { kind: 'steps', items: [[plain('never **share')], [plain('a** code')]] },
  ])
})

test('what looks like HTML, a link or other markup stays text', () => {
  for (const text of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '&lt;b&gt; &amp;',
    '[click](javascript:alert(1))',
    '# not a heading',
    '- not a list',
    '*not bold* _nor this_ `nor code`',
  ]) {
    expect(parseMarkup(text)).toEqual([paragraph(plain(text))])
  }
  expect(parseMarkup('**<b>**')).toEqual([paragraph(bold('<b>'))])
})
