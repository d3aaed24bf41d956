import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder for the length of a test. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
