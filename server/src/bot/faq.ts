import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { isMap, LineCounter, parseDocument } from 'yaml'
import type { Entry } from './match/types.ts'
import { INTENTS } from './pack/pack.ts'
import { readText, whyUnread } from './read-text.ts'

/** One reviewed answer, in all the languages in which it was written. */
export type FaqEntry = {
  id: string
  topic: string
  /** ISO date of the last review by a person. */
  reviewed: string
  version: number
  /** Canonical intents that it answers, where the operator names them; otherwise the bot finds them. */
  intents?: string[]
  /** By language: what it is called, how people ask for it, what we answer. */
  languages: Map<string, { question: string; phrasings: string[]; answer: string }>
}

/** Every fault of an FAQ folder at once, each as `file:line: what is wrong`. */
export class FaqError extends Error {
  readonly faults: string[]

  constructor(dir: string, faults: string[]) {
    super(`The FAQ in ${dir} cannot be used:\n${faults.map(fault => `  - ${fault}`).join('\n')}`)
    this.name = 'FaqError'
    this.faults = faults
  }
}

const language = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'is not a language tag like en, pt-BR or zh-Hans'),
)
const words = (limit: number) =>
  v.pipe(
    v.string('must be a text'),
    v.trim(),
    v.nonEmpty('is empty'),
    v.maxLength(limit, `is longer than ${limit}`),
  )

const frontMatter = v.strictObject({
  id: v.pipe(
    v.string('must be a text'),
    v.regex(/^[a-z0-9_]{1,64}$/, 'must be lower case letters, digits and _'),
  ),
  topic: words(32),
  reviewed: v.pipe(v.string('must be a date'), v.isoDate('must be a date like 2026-11-12')),
  version: v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(1, 'must be 1 or more'),
  ),
  intents: v.optional(
    v.array(
      v.pipe(
        v.string('must be a text'),
        v.check(name => INTENTS.includes(name), 'is not an intent of the pack'),
      ),
      'must be a list',
    ),
  ),
  questions: v.record(language, words(120)),
  phrasings: v.optional(v.record(language, v.array(words(300), 'must be a list')), {}),
})

/** Loads all `*.md` of a folder. Throws a FaqError that names every fault with its file and line. */
export function loadFaq(dir: string): FaqEntry[] {
  const faults: string[] = []
  const entries = new Map<string, FaqEntry>()
  for (const name of namesIn(dir)) {
    const source = readText(join(dir, name), name, faults)
    const entry = source === undefined ? undefined : parseEntry(source, name, faults)
    if (source === undefined || !entry) continue
    if (entries.has(entry.id))
      faults.push(`${name}:${idLine(source)}: id ${entry.id} is used by another file`)
    entries.set(entry.id, entry)
  }
  if (entries.size === 0 && faults.length === 0) faults.push('it has no entries')
  if (faults.length > 0) throw new FaqError(dir, faults)
  return [...entries.values()]
}

/** What an editor hides is not an entry. */
export const isEntryFile = (name: string): boolean => name.endsWith('.md') && !name.startsWith('.')

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).filter(isEntryFile).sort()
  } catch (error) {
    throw new FaqError(dir, [whyUnread(error)])
  }
}

const idLine = (source: string) => source.split('\n').findIndex(line => line.startsWith('id:')) + 1

/** Parses one file; adds its faults to `faults` and answers nothing when there are any. */
export function parseEntry(source: string, file: string, faults: string[]): FaqEntry | undefined {
  const lines = source.split(/\r?\n/)
  const end = lines.indexOf('---', 1)
  if (lines[0] !== '---' || end < 0) {
    faults.push(`${file}:1: must begin with front matter between two lines of ---`)
    return undefined
  }
  const before = faults.length
  const head = parseHead(lines.slice(1, end).join('\n'), file, faults)
  const answers = parseAnswers(lines, end + 1, file, faults)
  if (!head || faults.length > before) return undefined

  const languages: FaqEntry['languages'] = new Map()
  for (const [tag, question] of Object.entries(head.questions)) {
    const answer = answers.get(tag)
    if (!answer) faults.push(`${file}:${end + 1}: has a question in ${tag} but no answer under "## ${tag}"`)
    else languages.set(tag, { question, phrasings: head.phrasings[tag] ?? [], answer: answer.text })
  }
  for (const tag of Object.keys(head.phrasings)) {
    if (!head.questions[tag]) faults.push(`${file}:${end + 1}: has phrasings in ${tag} but no question`)
  }
  for (const [tag, { line }] of answers) {
    if (!head.questions[tag]) faults.push(`${file}:${line}: has an answer in ${tag} but no question`)
  }
  if (Object.keys(head.questions).length === 0) faults.push(`${file}:1: has no question`)
  if (faults.length > before) return undefined
  const { id, topic, reviewed, version, intents } = head
  return { id, topic, reviewed, version, languages, ...(intents ? { intents } : {}) }
}

/** The ways in which an entry is asked for, in all its languages. */
export function textsOf({ id, languages, intents }: FaqEntry): Entry {
  const all = [...languages.values()].flatMap(({ question, phrasings }) => [question, ...phrasings])
  const texts = [...new Set(all)]
  return { id, texts, ...(intents ? { intents } : {}) }
}

function parseHead(yaml: string, file: string, faults: string[]) {
  const counter = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: counter, version: '1.2', schema: 'core' })
  for (const error of document.errors) {
    // The front matter begins on the file's second line.
    faults.push(`${file}:${counter.linePos(error.pos[0]).line + 1}: ${error.message.split('\n')[0]}`)
  }
  if (document.errors.length > 0) return undefined
  const parsed = v.safeParse(frontMatter, document.toJS())
  for (const issue of parsed.issues ?? []) {
    const path = (issue.path ?? []).map(step => step.key)
    const message = issue.type === 'strict_object' ? misplaced(issue.expected) : issue.message
    faults.push(`${file}:${lineOf(document, counter, path)}: ${path.join('.') || 'front matter'} ${message}`)
  }
  return parsed.success ? parsed.output : undefined
}

/** What is wrong with the fields themselves: one that none was expected at, one that was expected, no fields at all. */
function misplaced(expected: string | null): string {
  if (expected === 'never') return 'is not a known field'
  return expected === 'Object' ? 'must be fields such as id: trading_fees' : 'is missing'
}

function lineOf(document: ReturnType<typeof parseDocument>, counter: LineCounter, path: unknown[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true)
    const pair = isMap(parent)
      ? parent.items.find(item => String(item.key) === String(path[depth - 1]))
      : undefined
    const node = (pair?.key ?? document.getIn(path.slice(0, depth), true)) as {
      range?: [number, number, number]
    }
    if (node?.range) return counter.linePos(node.range[0]).line + 1
  }
  return 2
}

function parseAnswers(lines: string[], from: number, file: string, faults: string[]) {
  const answers = new Map<string, { text: string; line: number }>()
  let current: { tag: string; line: number; text: string[] } | undefined
  const finish = () => {
    if (!current) return
    const text = current.text.join('\n').trim()
    if (text === '') faults.push(`${file}:${current.line}: the answer in ${current.tag} is empty`)
    if (text.length > 4000)
      faults.push(`${file}:${current.line}: the answer in ${current.tag} is longer than 4000`)
    if (answers.has(current.tag)) faults.push(`${file}:${current.line}: a second answer in ${current.tag}`)
    answers.set(current.tag, { text, line: current.line })
  }
  for (let index = from; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const heading = /^##\s+(\S+)\s*$/.exec(line)
    if (heading?.[1]) {
      finish()
      current = { tag: heading[1], line: index + 1, text: [] }
    } else if (current) current.text.push(line)
    else if (line.trim() !== '') faults.push(`${file}:${index + 1}: text before the first "## language"`)
  }
  finish()
  return answers
}
