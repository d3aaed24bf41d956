import * as v from 'valibot'
import { readText } from '../read-text.ts'

const NO_OBJECT = 'is no JSON object such as {"t": "where is my deposit", "y": "deposit_missing"}'

/** A line of a file: a text, its label, its language. Other fields are let be. */
const line = v.object(
  {
    t: v.pipe(v.string('has a "t" that is no text'), v.nonEmpty('has an empty "t"')),
    y: v.pipe(v.string('has a "y" that is no text'), v.nonEmpty('has an empty "y"')),
    lang: v.optional(v.string('has a "lang" that is no text'), 'all'),
  },
  // Where there is a path, it leads to the key that is missing.
  ({ path }) => (path ? `has no "${path[0].key}"` : NO_OBJECT),
)

/** A line and its number in the file, from 1. */
export type Line = v.InferOutput<typeof line> & { number: number }

/** The lines of a `.jsonl` file; those that cannot be used are left out and named in `faults`. */
export function readLines(path: string, faults: string[]): Line[] {
  const text = readText(path, path, faults) ?? ''
  return text.split('\n').flatMap((written, index) => {
    if (written.trim() === '') return []
    const number = index + 1
    const parsed = v.safeParse(line, parseJson(written))
    for (const { message } of parsed.issues ?? []) faults.push(`${path}:${number}: ${message}`)
    return parsed.success ? [{ ...parsed.output, number }] : []
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Where it stopped being JSON is of no use to somebody who sees the line.
    return undefined
  }
}

const TOLD = 10

/** Throws where there are faults: the first ten, and how many more there are. */
export function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return
  const more = faults.length - TOLD
  throw new Error([...faults.slice(0, TOLD), ...(more > 0 ? [`and ${more} more`] : [])].join('\n'))
}
