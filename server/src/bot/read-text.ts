import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'

const WHY: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'it is a file where a folder is needed',
  EISDIR: 'it is a folder where a file is needed',
  EACCES: 'this user may not read it',
}

/** Why a file or a folder was not given, in words for an operator; what is rare, in the system's own. */
export function whyUnread(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return WHY[code] ?? message
}

/**
 * A text file without the mark that Windows puts before UTF-8; nothing where it cannot be read, and then `faults` says
 * why, of `name`. What is not UTF-8 is refused, since it would be taken for words that nobody has written.
 */
export function readText(path: string, name: string, faults: string[]): string | undefined {
  try {
    const bytes = readFileSync(path)
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
    if (isUtf8(bytes)) return text
    const before = text.slice(0, text.indexOf('\uFFFD'))
    faults.push(`${name}:${before.split('\n').length}: is not written in UTF-8`)
  } catch (error) {
    faults.push(`${name}: ${whyUnread(error)}`)
  }
  return undefined
}
