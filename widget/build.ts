import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { appConfig, embedConfig } from './vite-configs.ts'

const dist = resolve(import.meta.dirname, 'dist')

/** Builds what runs on the exchange's page and the two apps, then the compressed twin of every asset. */
rmSync(dist, { recursive: true, force: true })
await build(embedConfig('loader'))
await build(embedConfig('panel'))
await build(appConfig('visitor'))
await build(appConfig('desk'))
compress(dist)

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
