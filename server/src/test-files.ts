import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder for the length of a test with these files, whose names may lead into folders of it. */
export function folderOf(files: Record<string, string | Buffer>): string {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true })
    writeFileSync(join(dir, name), content)
  }
  return dir
}

/** One file for the length of a test. */
export function fileOf(name: string, content: string | Buffer): string {
  return join(folderOf({ [name]: content }), name)
}

/** Lines of JSON as `pnpm faq:eval` takes them. */
export const jsonLines = (lines: unknown[]): string => lines.map(line => `${JSON.stringify(line)}\n`).join('')

/** An entry of an FAQ as an operator writes it, in English; `more` are further fields of its front matter. */
export const entryFile = (id: string, [question, ...phrasings]: string[], more = ''): string => `---
id: ${id}
topic: test
reviewed: 2026-11-01
version: 1
questions:
  en: ${question}
phrasings:
  en: ${JSON.stringify(phrasings)}
${more}---

## en

The answer of ${id}.
`
