import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '@nightdesk/server/bot/evaluation/cases.ts'
import { type Answered, overLanguages, shipped, top } from '@nightdesk/server/bot/evaluation/measures.ts'
import { runCases } from '@nightdesk/server/bot/evaluation/run.ts'
import { ALLOWED_WRONG } from '@nightdesk/server/bot/faq-bot.ts'
import { openModel } from '@nightdesk/server/bot/match/model.ts'
import type { Entry } from '@nightdesk/server/bot/match/types.ts'
import { readPack } from '@nightdesk/server/bot/pack/pack.ts'
import { root } from '../support/sources.ts'

/**
 * `pnpm faq:conditions`: visitors of twelve languages, none of whom had seen the pack, with an exchange's FAQ of 80 entries
 * in four conditions. The table in README is its output.
 */
const LANGUAGES = ['en', 'zh', 'ru', 'es', 'ko', 'ja', 'vi', 'tr', 'pt', 'ar', 'id', 'fr']
const INTENTS = readFileSync(join(root, 'server/src/bot/pack/intents.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map(line => line.split('\t')[0] ?? '')

type Condition = { name: string; language: (visitor: string) => string; texts: number }
const CONDITIONS: Condition[] = [
  { name: "one question an entry, in the visitor's language", language: visitor => visitor, texts: 1 },
  { name: 'one question an entry, all in English', language: () => 'en', texts: 1 },
  { name: 'one question an entry, all in Chinese', language: () => 'zh', texts: 1 },
  { name: 'five phrasings an entry', language: visitor => visitor, texts: 5 },
]

/** The plainest question of each intent, which stands first in the pack, and the phrasings after it. */
function faqIn(language: string, texts: number): Entry[] {
  const pack = readPack(language)
  return INTENTS.map(id => ({
    id,
    texts: pack.flatMap(({ intent, text }) => (intent === id ? [text] : [])).slice(0, texts),
  }))
}

function visitorsOf(language: string): Case[] {
  const file = readFileSync(join(root, 'tests/bot/visitors', `${language}.jsonl`), 'utf8')
  return file
    .trim()
    .split('\n')
    .map((line): Case => {
      const { t, y } = JSON.parse(line) as { t: string; y: string }
      return { text: t, entry: y === 'oos' ? null : y, language }
    })
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const model = openModel()
console.log(
  'condition | first | worst language | first three | answered | right | precision | kept out | ECE',
)
for (const { name, language, texts } of CONDITIONS) {
  const answered: Answered[] = LANGUAGES.flatMap(visitor => {
    const entries = faqIn(language(visitor), texts)
    return runCases(model, entries, visitorsOf(visitor), ALLOWED_WRONG).answered
  })
  const first = overLanguages(answered, some => top(some, 1))
  const three = overLanguages(answered, some => top(some, 3)).macro
  const made = shipped(answered)
  const shares = [made.answered, made.right, made.precision, made.oosRecall, made.ece]
  console.log([name, ...[first.macro, first.worst, three, ...shares].map(percent)].join(' | '))
}
