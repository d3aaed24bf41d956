import { readFileSync, statSync } from 'node:fs'
import * as v from 'valibot'
import { loadFaq, textsOf } from '../faq.ts'
import type { Entry } from '../match/types.ts'

/** A question and the entry it means, or `null` for none of them. */
export type Case = { text: string; entry: string | null; language: string }

/** A line of a file: a text, its label, its language. Other fields are let be. */
const line = v.object({
  t: v.pipe(v.string('must have a text t'), v.nonEmpty('has an empty text t')),
  y: v.string('must have a label y'),
  lang: v.optional(v.string('has a lang that is no text'), 'all'),
})

/** An FAQ: a folder of Markdown entries, or a file whose every label becomes an entry with its texts. */
export function readEntries(path: string): Entry[] {
  if (statSync(path).isDirectory()) return loadFaq(path).map(textsOf)
  const texts = new Map<string, string[]>()
  for (const { t, y } of readLines(path)) texts.set(y, [...(texts.get(y) ?? []), t])
  return Array.from(texts, ([id, own]) => ({ id, texts: own }))
}

/** Questions to ask. A label that no entry has, and `oosLabel`, mean none. */
export function readCases(path: string, oosLabel: string, entries: Entry[]): Case[] {
  const known = new Set(entries.map(({ id }) => id))
  return readLines(path).map(({ t, y, lang }) => ({
    text: t,
    entry: y === oosLabel || !known.has(y) ? null : y,
    language: lang,
  }))
}

function readLines(path: string): v.InferOutput<typeof line>[] {
  const faults: string[] = []
  const read = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      if (text.trim() === '') return []
      const parsed = v.safeParse(line, parseJson(text))
      if (!parsed.success) faults.push(`${path}:${index + 1}: ${parsed.issues[0].message}`)
      return parsed.success ? [parsed.output] : []
    })
  if (faults.length > 0) throw new Error(faults.slice(0, 10).join('\n'))
  return read
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
