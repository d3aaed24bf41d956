import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

export type Source = { path: string; text: string }

/** All TypeScript of a folder, with paths from the root. */
export function sourcesIn(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !path.includes('node_modules') && !path.includes('/dist/'))
    .map(path => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }))
}

/** What a file imports, as paths from the root; packages by their name. */
export function importsOf({ path, text }: Source): string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '')
  return specifiers.map(specifier => {
    if (specifier.startsWith('.')) return relative(root, resolve(root, path, '..', specifier))
    return specifier.replace(/^@nightdesk\/(\w+)\//, (_, name) => `${name}/src/`)
  })
}
