import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FaqError, isEntryFile } from './faq.ts'

/** How often the folder is looked at. A look, unlike a notice of the system, also works on shared and mounted disks. */
const EVERY_MS = 200
/** After a failure that has nothing to do with what the files say, the same files are tried again. */
const AGAIN_MS = 5000

/**
 * Tells when files of a folder were added, changed or gone, and two looks in a row found them alike, so that nobody is
 * told of half of them. What cannot be used is told once; what failed for another reason is tried again.
 */
export async function watchFolder(
  dir: string,
  onChange: () => Promise<void>,
  onError: (error: unknown) => void,
): Promise<{ stop: () => void }> {
  let used = await stateOf(dir)
  let before = used
  let stopped = false
  let timer: ReturnType<typeof setTimeout>
  const lookAfter = (ms: number) => {
    if (!stopped) timer = setTimeout(look, ms).unref()
  }
  async function look(): Promise<void> {
    const now = await stateOf(dir)
    const isSettled = now === before
    before = now
    if (!isSettled || now === used) return lookAfter(EVERY_MS)
    try {
      await onChange()
      used = now
    } catch (error) {
      if (!stopped) onError(error)
      if (!(error instanceof FaqError)) return lookAfter(AGAIN_MS)
      used = now
    }
    lookAfter(EVERY_MS)
  }
  lookAfter(EVERY_MS)
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** What changes when any file does; what went wrong, where it cannot be looked at. */
async function stateOf(dir: string): Promise<string> {
  try {
    const names = (await readdir(dir)).filter(isEntryFile).sort()
    const files = await Promise.all(
      names.map(async name => {
        const { mtimeMs, size, ino } = await stat(join(dir, name))
        return `${name} ${mtimeMs} ${size} ${ino}`
      }),
    )
    return files.join('\n')
  } catch (error) {
    return `${error}`
  }
}
