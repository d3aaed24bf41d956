import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FaqEntry } from '@nightdesk/server/bot/faq.ts'
import { buildKnowledge, knowledgeOf, renewed } from '@nightdesk/server/bot/knowledge.ts'
import { INTENTS, readPack } from '@nightdesk/server/bot/pack/pack.ts'
import { LANGUAGES } from '@nightdesk/server/bot/training/corpus.ts'
import MiniSearch from 'minisearch'
import { root } from '../../support/sources.ts'
import { quantile } from '../numbers.ts'

/**
 * A process of its own that prepares an FAQ of 500 entries with ten phrasings each, asks it what 2,400 visitors asked, and
 * prints what it took: the bot, or minisearch as it comes, on the same texts.
 */
const ENTRIES = 500
const PHRASINGS = 10

const faq = LANGUAGES.flatMap(language => {
  const pack = readPack(language)
  return INTENTS.map((intent): FaqEntry => {
    const [question = '', ...phrasings] = pack.flatMap(one => (one.intent === intent ? [one.text] : []))
    const wording = { question, phrasings: phrasings.slice(0, PHRASINGS - 1), answer: 'so it is' }
    const languages = new Map([[language, wording]])
    return { id: `${intent}_${language}`, topic: language, reviewed: '2026-11-01', version: 1, languages }
  })
}).slice(0, ENTRIES)
const questions = LANGUAGES.flatMap(language =>
  readFileSync(join(root, 'tests/bot/visitors', `${language}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line): string => JSON.parse(line).t),
)
const residentMb = () => {
  globalThis.gc?.()
  return process.memoryUsage.rss() / 2 ** 20
}

function timed<T>(work: () => T): [value: T, ms: number] {
  const since = performance.now()
  return [work(), performance.now() - since]
}

/** After every question was asked once, so that the code is as warm as a server's. */
function ask(answer: (question: string) => unknown) {
  for (const question of questions) answer(question)
  const times = questions.map(question => timed(() => answer(question))[1])
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) }
}

async function bot() {
  const before = residentMb()
  const [model, coldMs] = await (async () => {
    const since = performance.now()
    const { openModel } = await import('@nightdesk/server/bot/match/model.ts')
    return [openModel(), performance.now() - since] as const
  })()
  const since = performance.now()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  let known = await buildKnowledge(faq, model)
  delay.disable()
  const buildMs = performance.now() - since
  const memoryMb = residentMb() - before
  const asked = ask(question => known.matcher.read(question))
  const more = faq.map((entry, index) => (index === 3 ? withPhrasing(entry) : entry))
  const adding = performance.now()
  known = await renewed(known, more, model)
  const addMs = performance.now() - adding
  const [, hereMs] = timed(() => knowledgeOf(faq, model))
  return { coldMs, buildMs, hereMs, pauseMs: delay.max / 1e6, addMs, memoryMb, ...asked }
}

function withPhrasing(entry: FaqEntry): FaqEntry {
  const languages = new Map(
    Array.from(entry.languages, ([tag, wording]) => [
      tag,
      { ...wording, phrasings: [...wording.phrasings, 'one more way to ask for it'] },
    ]),
  )
  return { ...entry, languages }
}

function search() {
  const before = residentMb()
  const [index, buildMs] = timed(() => {
    const made = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] })
    const texts = faq.flatMap(({ languages }) =>
      [...languages.values()].flatMap(({ question, phrasings }) => [question, ...phrasings]),
    )
    made.addAll(texts.map((text, id) => ({ id, text })))
    return made
  })
  const memoryMb = residentMb() - before
  return { buildMs, memoryMb, ...ask(question => index.search(question)) }
}

console.log(JSON.stringify(process.argv[2] === 'minisearch' ? search() : await bot()))
