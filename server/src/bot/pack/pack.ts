import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where the pack lies: `intents.tsv`, a file a language, `urgent/` for what no answer alone will do, `hours/` for who
 * only asks when support is there, and `background/` for what is no intent of ours.
 */
export const PACK = import.meta.dirname

/** What comes with danger or with a date: recognised beside the canonical intents, so that a person is called at once. */
export const URGENT: readonly string[] = ['self_harm', 'legal_deadline']

/**
 * Told apart from a canonical intent whose entry answers it as well: who asks when support is there does not ask for a
 * person.
 */
export const BESIDE: Readonly<Record<string, string>> = { support_hours: 'human' }

/** The canonical intents of an exchange: what its customers ask. */
export const CANONICAL: readonly string[] = readFileSync(join(PACK, 'intents.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map(line => line.split('\t')[0] ?? '')

/** The canonical intents, the urgent ones, and those beside, in the order of their numbers. */
export const INTENTS: readonly string[] = [...CANONICAL, ...URGENT, ...Object.keys(BESIDE)]

/** One way of asking for an intent. */
export type Phrasing = { intent: string; text: string }

/** All phrasings of a language: `# intent`, then a line each, then an empty line. */
export function readPack(language: string): Phrasing[] {
  return ['', 'urgent', 'hours'].flatMap(part => readPhrasings(join(PACK, part, `${language}.txt`)))
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
