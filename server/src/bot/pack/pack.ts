import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where the pack lies: `intents.tsv`, a file a language, `urgent/` for what no answer alone will do, and `background/`
 * for what is no intent of ours.
 */
export const PACK = import.meta.dirname

/** What comes with danger or with a date: recognised beside the canonical intents, so that a person is called at once. */
const URGENT = ['self_harm', 'legal_deadline'] as const

/** The canonical intents of an exchange and the urgent ones, in the order of their numbers. */
export const INTENTS: readonly string[] = [
  ...readFileSync(join(PACK, 'intents.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split('\t')[0] ?? ''),
  ...URGENT,
]

/** One way of asking for an intent. */
export type Phrasing = { intent: string; text: string }

/** All phrasings of a language: `# intent`, then a line each, then an empty line. */
export function readPack(language: string): Phrasing[] {
  const urgent = join(PACK, 'urgent', `${language}.txt`)
  return [join(PACK, `${language}.txt`), ...(existsSync(urgent) ? [urgent] : [])].flatMap(readPhrasings)
}

function readPhrasings(path: string): Phrasing[] {
  const phrasings: Phrasing[] = []
  let intent = ''
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.startsWith('# ')) intent = line.slice(2)
    else if (line !== '') phrasings.push({ intent, text: line })
  }
  return phrasings
}
