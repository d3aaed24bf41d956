import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { fileOf } from '../test-files.ts'
import { readText } from './read-text.ts'

function read(path: string): { text: string | undefined; faults: string[] } {
  const faults: string[] = []
  const text = readText(path, 'faq.md', faults)
  return { text, faults }
}

test('a file is read in any language, without the mark that Windows puts before it', () => {
  const text = 'Où est mon dépôt ?\n我的充值在哪里\n'
  expect(read(fileOf('a', text))).toEqual({ text, faults: [] })
  expect(read(fileOf('a', `\uFEFF${text}`))).toEqual({ text, faults: [] })
})

test('a file that is not UTF-8 is refused where it first is not', () => {
  const latin = Buffer.from('where is my deposit\nO\u00f9 est mon d\u00e9p\u00f4t\n', 'latin1')
  expect(read(fileOf('a', latin))).toEqual({
    text: undefined,
    faults: ['faq.md:2: is not written in UTF-8'],
  })
  const wide = Buffer.from('\uFEFFwhere is my deposit', 'utf16le')
  expect(read(fileOf('a', wide)).faults).toEqual(['faq.md:1: is not written in UTF-8'])
})

test('a sign that stands for an unreadable one may itself be written', () => {
  expect(read(fileOf('a', 'what is \uFFFD'))).toEqual({ text: 'what is \uFFFD', faults: [] })
})

test('a file that is not there, and a folder in its place, are said in plain words', () => {
  const path = fileOf('a', '')
  expect(read(`${path}b`)).toEqual({ text: undefined, faults: ['faq.md: there is no such file or folder'] })
  expect(read(dirname(path)).faults).toEqual(['faq.md: it is a folder where a file is needed'])
  expect(read(`${path}/b`).faults).toEqual(['faq.md: it is a file where a folder is needed'])
})
