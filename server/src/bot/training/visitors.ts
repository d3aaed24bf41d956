import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { INTENTS, readPack } from '../pack/pack.ts'
import type { Asked } from './play.ts'

/** A message of somebody who had never seen the pack, and the intent it means, or `oos`. */
type Line = { t: string; y: string }

/**
 * Visitors of one language with the FAQ in one or more: whose promises the judge is held to. None of them teaches the
 * encoder; others, whom nothing here has seen, are in `tests/bot/visitors`.
 */
export function visitorsOf(language: string, faqLanguages: readonly string[]): Asked {
  const path = join(import.meta.dirname, 'visitors', `${language}.jsonl`)
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line))
  const packs = faqLanguages.map(readPack)
  const textsOf = (intent: string) =>
    packs.map(pack => pack.filter(one => one.intent === intent).map(({ text }) => text))
  return {
    faq: new Map(INTENTS.map(intent => [intent, textsOf(intent)])),
    visitors: new Map(
      INTENTS.map(intent => [intent, lines.filter(({ y }) => y === intent).map(({ t }) => t)]),
    ),
    elsewhere: lines.filter(({ y }) => y === 'oos').map(({ t }) => t),
  }
}
