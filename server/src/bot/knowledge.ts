import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { HandoffReason } from '@nightdesk/shared/conversation.ts'
import { CALLS, NEVER_OFFERED } from './calls.ts'
import { type FaqEntry, textsOf } from './faq.ts'
import { addedSince, buildIndex, type Index, type MoreText, withTexts } from './match/index.ts'
import { Matcher } from './match/matcher.ts'
import type { Model } from './match/model.ts'
import type { Entry } from './match/types.ts'

/** What a bot knows at a moment: an FAQ and the way to find things in it. They change together. */
export type Knowledge = {
  entries: readonly FaqEntry[]
  index: Index
  matcher: Matcher
  byId: ReadonlyMap<string, FaqEntry>
  /** The entry that answers a canonical intent. */
  byIntent: ReadonlyMap<string, FaqEntry>
  /** Entries beside whose answer a person is called, and why. */
  calls: ReadonlyMap<string, HandoffReason>
  neverOffered: ReadonlySet<string>
}

/**
 * Prepares an FAQ on this thread: less than a second for a hundred entries or five hundred with ten phrasings each, some
 * seconds for two hundred with hundreds.
 */
export function knowledgeOf(entries: readonly FaqEntry[], model: Model): Knowledge {
  return knowledge(entries, buildIndex(entries.map(textsOf), model.encoder), model)
}

const BUILDER = fileURLToPath(new URL('./build-index.ts', import.meta.url))
/** So long an FAQ of thousands of entries may take on a busy machine; one that takes longer hangs. */
const PATIENCE_MS = 120_000

/**
 * Prepares an FAQ in a process of its own, so that nobody who asks meanwhile waits, and what it takes to learn is given
 * back when it has ended. Rejects when that process ends without an answer.
 */
export async function buildKnowledge(entries: readonly FaqEntry[], model: Model): Promise<Knowledge> {
  const index = await new Promise<Index>((resolve, reject) => {
    // It needs none of our secrets.
    const builder = fork(BUILDER, { serialization: 'advanced', execArgv: [], env: {}, timeout: PATIENCE_MS })
    builder.once('message', message => resolve(message as Index))
    builder.once('error', reject)
    builder.once('exit', code => reject(new Error(`the process that prepares an FAQ ended with ${code}`)))
    builder.send(entries.map(textsOf), error => error && reject(error))
  })
  return knowledge(entries, index, model)
}

/** After more new phrasings, one by one or at once, learning all anew is the better way. */
const FEW = 10

/** An FAQ that has changed: a few new phrasings are learned at once, anything else is prepared anew. */
export async function renewed(
  before: Knowledge,
  entries: readonly FaqEntry[],
  model: Model,
): Promise<Knowledge> {
  const added = addedTexts(before.entries.map(textsOf), entries.map(textsOf))
  if (!added || addedSince(before.index) + added.length > FEW) return buildKnowledge(entries, model)
  return knowledge(entries, withTexts(before.index, added, model.encoder), model)
}

function knowledge(entries: readonly FaqEntry[], index: Index, { encoder, judge }: Model): Knowledge {
  const matcher = new Matcher(index, encoder, judge)
  const byId = new Map(entries.map(entry => [entry.id, entry]))
  const byIntent = new Map<string, FaqEntry>()
  const calls = new Map<string, HandoffReason>()
  const neverOffered = new Set<string>()
  for (const { id, intents } of matcher.links) {
    for (const intent of intents) {
      const entry = byId.get(id)
      if (entry && !byIntent.has(intent)) byIntent.set(intent, entry)
      const reason = CALLS[intent]
      if (reason && !calls.has(id)) calls.set(id, reason)
      if (NEVER_OFFERED.includes(intent)) neverOffered.add(id)
    }
  }
  return { entries, index, matcher, byId, byIntent, calls, neverOffered }
}

/** The texts that came to entries which are otherwise as they were, or nothing where more has changed. */
function addedTexts(before: Entry[], after: Entry[]): MoreText[] | undefined {
  if (before.length !== after.length) return undefined
  const added: MoreText[] = []
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
