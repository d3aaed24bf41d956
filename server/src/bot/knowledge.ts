import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type FaqEntry, textsOf } from './faq.ts'
import type { Engine } from './match/engine.ts'
import { buildIndex, type Index, withText } from './match/index.ts'
import { Matcher } from './match/matcher.ts'
import type { Entry } from './match/types.ts'

/** What a bot knows at a moment: an FAQ and the way to find things in it. They change together. */
export type Knowledge = { entries: readonly FaqEntry[]; index: Index; matcher: Matcher }

/** Prepares an FAQ on this thread: about 0.1 s for a hundred entries, a second for five hundred with ten phrasings. */
export function knowledgeOf(entries: readonly FaqEntry[], engine: Engine): Knowledge {
  return knowledge(entries, buildIndex(entries.map(textsOf), engine.encoder), engine)
}

const BUILDER = fileURLToPath(new URL('./build-index.ts', import.meta.url))

/**
 * Prepares an FAQ in a process of its own, so that nobody who asks meanwhile waits, and what it takes to learn is given
 * back when it has ended.
 */
export async function buildKnowledge(entries: readonly FaqEntry[], engine: Engine): Promise<Knowledge> {
  const builder = fork(BUILDER, { serialization: 'advanced', execArgv: [] })
  const failed = once(builder, 'exit').then(([code]) => {
    throw new Error(`the process that prepares an FAQ ended with ${code}`)
  })
  builder.send(entries.map(textsOf))
  const [index] = await Promise.race([once(builder, 'message'), failed])
  failed.catch(() => undefined)
  return knowledge(entries, index as Index, engine)
}

/** From so many new phrasings on, learning all anew is the better way. */
const FEW = 10

/** An FAQ that has changed: a few new phrasings are learned at once, anything else is prepared anew. */
export async function renewed(
  before: Knowledge,
  entries: readonly FaqEntry[],
  engine: Engine,
): Promise<Knowledge> {
  const added = addedTexts(before.entries.map(textsOf), entries.map(textsOf))
  if (!added || added.length > FEW) return buildKnowledge(entries, engine)
  const index = added.reduce(
    (sum, { entry, text }) => withText(sum, entry, text, engine.encoder),
    before.index,
  )
  return knowledge(entries, index, engine)
}

const knowledge = (entries: readonly FaqEntry[], index: Index, { encoder, judge }: Engine): Knowledge => ({
  entries,
  index,
  matcher: new Matcher(index, encoder, judge),
})

/** The texts that came to entries which are otherwise as they were, or nothing where more has changed. */
function addedTexts(before: Entry[], after: Entry[]): { entry: number; text: string }[] | undefined {
  if (before.length !== after.length) return undefined
  const added: { entry: number; text: string }[] = []
  for (const [entry, { id, texts, intents }] of after.entries()) {
    const old = before[entry]
    if (!old || old.id !== id || `${old.intents}` !== `${intents}`) return undefined
    const known = new Set(old.texts)
    const fresh = texts.filter(text => !known.has(text))
    if (texts.length - fresh.length !== old.texts.length) return undefined
    added.push(...fresh.map(text => ({ entry, text })))
  }
  return added
}
