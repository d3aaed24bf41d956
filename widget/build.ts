import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { appConfig, embedConfig } from './vite-configs.ts'

const dist = resolve(import.meta.dirname, 'dist')
const next = resolve(import.meta.dirname, `dist-${process.pid}`)

/**
 * Builds what runs on the exchange's page and the two apps, then the compressed twin of every asset. The new build
 * takes the place of the old one in one step, so that a server may start at any moment.
 */
try {
  await build(embedConfig('loader', next))
  await build(embedConfig('panel', next))
  await build(appConfig('visitor', next))
  await build(appConfig('desk', next))
  compress(next)
  rmSync(dist, { recursive: true, force: true })
  renameSync(next, dist)
} finally {
  rmSync(next, { recursive: true, force: true })
}

function compress(dir: string): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) compress(path)
    else if (/\.(js|css)$/.test(entry.name)) {
      const content = readFileSync(path)
      writeFileSync(
        `${path}.br`,
        brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
      )
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
    }
  }
}
