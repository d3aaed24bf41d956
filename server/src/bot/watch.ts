import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** How often the folder is looked at. A look, unlike a notice of the system, also works on shared and mounted disks. */
const EVERY_MS = 250

/**
 * Tells when a file of the folder is added, changed or gone, until it is stopped. A look that fails is told once, and a
 * change that cannot be used each time it is another one.
 */
export async function watchFolder(
  dir: string,
  onChange: () => Promise<void>,
  onError: (error: unknown) => void,
) {
  let seen = await stateOf(dir)
  const look = async () => {
    const now = await stateOf(dir).catch(error => `${error}`)
    const changed = seen !== now
    seen = now
    if (changed) await onChange().catch(onError)
    timer = setTimeout(look, EVERY_MS).unref()
  }
  let timer = setTimeout(look, EVERY_MS).unref()
  return { stop: () => clearTimeout(timer) }
}

/** What changes when any file does. */
async function stateOf(dir: string): Promise<string> {
  const names = (await readdir(dir)).filter(name => name.endsWith('.md')).sort()
  const files = await Promise.all(
    names.map(async name => {
      const { mtimeMs, size, ino } = await stat(join(dir, name))
      return `${name} ${mtimeMs} ${size} ${ino}`
    }),
  )
  return files.join('\n')
}
