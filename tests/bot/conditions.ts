import { join } from 'node:path'
import { readCases } from '@nightdesk/server/bot/evaluation/cases.ts'
import { type Answered, overLanguages, shipped, top } from '@nightdesk/server/bot/evaluation/measures.ts'
import { runCases } from '@nightdesk/server/bot/evaluation/run.ts'
import { loadFaq } from '@nightdesk/server/bot/faq.ts'
import { ALLOWED_WRONG } from '@nightdesk/server/bot/faq-bot.ts'
import { openModel } from '@nightdesk/server/bot/match/model.ts'
import type { Entry } from '@nightdesk/server/bot/match/types.ts'
import { CANONICAL, readPack } from '@nightdesk/server/bot/pack/pack.ts'
import { LANGUAGES } from '@nightdesk/server/bot/training/corpus.ts'
import { root } from '../support/sources.ts'

/**
 * `pnpm faq:conditions`: visitors of twelve languages, none of whom had seen the pack, with an exchange's FAQ in five
 * conditions. The table in README is its output.
 */
const DEMO = loadFaq(join(root, 'demo/faq'))

type Condition = { name: string; faq: (visitor: string) => Entry[] }
const CONDITIONS: Condition[] = [
  { name: "one question an entry, in the visitor's language", faq: visitor => packs(visitor, 1) },
  { name: 'five phrasings an entry', faq: visitor => packs(visitor, 5) },
  { name: "the demo's, one question an entry, all in English", faq: () => demos(['en']) },
  { name: "the demo's, one question an entry, all in Chinese", faq: () => demos(['zh-Hans']) },
  { name: "the demo's, as it is: two languages, a third of it in twelve", faq: () => demos() },
]

/** The plainest question of each intent, which stands first in the pack, and the phrasings after it. */
function packs(language: string, texts: number): Entry[] {
  const pack = readPack(language)
  return CANONICAL.map(id => ({
    id,
    texts: pack.flatMap(({ intent, text }) => (intent === id ? [text] : [])).slice(0, texts),
  }))
}

/** The demo's questions in these languages, or in all, which the bot has not learned from. */
function demos(languages?: readonly string[]): Entry[] {
  return DEMO.map(({ id, languages: written }) => ({
    id,
    texts: Array.from(written, ([language, { question }]) =>
      languages?.includes(language) === false ? [] : [question],
    ).flat(),
  }))
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const model = openModel()
console.log(
  'condition | first | worst language | first three | answered | right | precision | kept out | ECE',
)
for (const { name, faq } of CONDITIONS) {
  const answered: Answered[] = LANGUAGES.flatMap(visitor => {
    const entries = faq(visitor)
    const asked = readCases(
      join(root, 'tests/bot/visitors', `${visitor}.jsonl`),
      'oos',
      entries,
      console.error,
    )
    return runCases(model, entries, asked, ALLOWED_WRONG).answered
  })
  const first = overLanguages(answered, some => top(some, 1))
  const three = overLanguages(answered, some => top(some, 3)).macro
  const made = shipped(answered)
  const shares = [made.answered, made.right, made.precision, made.oosRecall, made.ece]
  console.log([name, ...[first.macro, first.worst, three, ...shares].map(percent)].join(' | '))
}
