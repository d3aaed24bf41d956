import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPack } from '../pack/pack.ts'
import { LANGUAGES } from './corpus.ts'
import { ENTRIES, entryOf } from './entries.ts'
import type { Asked } from './play.ts'

/** A message of somebody who had never seen the pack, and the intent it means, or `oos`. */
type Line = { t: string; y: string }

const PACKS = new Map(
  LANGUAGES.map(language => [language, Map.groupBy(readPack(language), ({ intent }) => entryOf(intent))]),
)

/**
 * Visitors of one language with the FAQ in one or more: whose promises the judge is held to. None of them teaches the
 * encoder; others, whom nothing here has seen, are in `tests/bot/visitors`.
 */
export function visitorsOf(language: string, writtenIn: () => readonly string[]): Asked {
  const path = join(import.meta.dirname, 'visitors', `${language}.jsonl`)
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line))
  const textsOf = (id: string) =>
    writtenIn().map(one => (PACKS.get(one)?.get(id) ?? []).map(({ text }) => text))
  return {
    faq: new Map(ENTRIES.map(id => [id, textsOf(id)])),
    visitors: new Map(ENTRIES.map(id => [id, lines.filter(({ y }) => entryOf(y) === id).map(({ t }) => t)])),
    elsewhere: lines.filter(({ y }) => y === 'oos').map(({ t }) => t),
  }
}
