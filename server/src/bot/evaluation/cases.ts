import { statSync } from 'node:fs'
import { loadFaq, textsOf } from '../faq.ts'
import type { Entry } from '../match/types.ts'
import { type Line, readLines, refuse } from './lines.ts'

/** A question and the entry it means, or `null` for none of them. */
export type Case = { text: string; entry: string | null; language: string }

/**
 * An FAQ: a folder of Markdown entries, or a file whose every label becomes an entry with its texts. What is labelled
 * `oosLabel` is what no entry answers, so it becomes none; `tell` hears of it.
 */
export function readEntries(path: string, oosLabel: string, tell: (note: string) => void): Entry[] {
  const all = isFolder(path) ? loadFaq(path).map(textsOf) : entriesOf(path)
  const none = all.find(({ id }) => id === oosLabel)
  if (none) tell(`${path}: left out what is labelled "${oosLabel}", ${counted(none.texts.length, 'text')}`)
  const entries = all.filter(entry => entry !== none)
  if (entries.length === 0) throw new Error(`${path}: has no entries`)
  return entries
}

function entriesOf(path: string): Entry[] {
  const faults: string[] = []
  const lines = readLines(path, faults)
  refuse(faults)
  return Array.from(
    Map.groupBy(lines, ({ y }) => y),
    ([id, own]) => ({ id, texts: own.map(({ t }) => t) }),
  )
}

/**
 * Questions to ask. `oosLabel` means none of the entries, and so does a label that is no entry's: what an FAQ lacks is out
 * of its scope. `tell` hears of each such label, since a misspelt one would count right answers as wrong.
 */
export function readCases(
  path: string,
  oosLabel: string,
  entries: readonly Entry[],
  tell: (note: string) => void,
): Case[] {
  const faults: string[] = []
  const lines = readLines(path, faults)
  refuse(faults)
  if (lines.length === 0) throw new Error(`${path}: has no questions`)
  const known = new Set(entries.map(({ id }) => id))
  for (const stray of strayLabels(lines, known, oosLabel)) tell(`${path}:${stray}`)
  return lines.map(({ t, y, lang }) => ({ text: t, entry: known.has(y) ? y : null, language: lang }))
}

/** Each label that is no entry's, once, where it stands first. */
function strayLabels(lines: readonly Line[], known: ReadonlySet<string>, oosLabel: string): string[] {
  const strays = Map.groupBy(
    lines.filter(({ y }) => y !== oosLabel && !known.has(y)),
    ({ y }) => y,
  )
  return Array.from(
    strays,
    ([label, own]) =>
      `${own[0]?.number}: the label ${JSON.stringify(label)}, on ${counted(own.length, 'line')}, is no entry of the FAQ: taken for out of scope`,
  )
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // What is not there is said by who reads it.
    return false
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
