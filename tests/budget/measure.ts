import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { root } from '../support/sources.ts'

export type Size = { raw: number; gzip: number; brotli: number }

const dist = join(root, 'widget/dist')
const NOTHING: Size = { raw: 0, gzip: 0, brotli: 0 }

function sizeOf(file: string): Size {
  const content = readFileSync(join(dist, file))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  return {
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, { params }).length,
  }
}

const sum = (sizes: Size[]): Size =>
  sizes.reduce(
    (a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli }),
    NOTHING,
  )

/**
 * Bytes of the built widget, each file compressed by itself as it travels. What the server writes into the
 * frame's page (the site's name and topics) is not in these.
 */
export function measure(): Record<'loader' | 'panel' | 'transport' | 'all' | 'kept', Size> {
  const assets = readdirSync(join(dist, 'assets'))
  const pick = (pattern: RegExp) =>
    assets.filter(name => pattern.test(name)).map(name => sizeOf(`assets/${name}`))
  const page = readFileSync(join(dist, 'visitor/index.html'), 'utf8')
  const transports = assets.filter(name => /^transport-.*\.js$/.test(name))
  // Each app has a transport chunk; the visitor's is the one that its own code names.
  const [visitor] = assets.filter(name => /^visitor-.*\.js$/.test(name))
  const code = visitor ? readFileSync(join(dist, 'assets', visitor), 'utf8') : ''
  const named = (names: string[]) =>
    sum(names.filter(name => code.includes(name)).map(name => sizeOf(`assets/${name}`)))
  const transport = named(transports)
  // Not in 'all': it is fetched when the line is up, and nobody waits for it.
  const kept = named(assets.filter(name => /^keeper-.*\.js$/.test(name)))
  if (!page.includes('/assets/') || transport.raw === 0 || kept.raw === 0)
    throw new Error('the widget is not built: pnpm build')

  const loader = sizeOf('widget.js')
  const wire = sizeOf('panel.js')
  const panel = sum([sizeOf('visitor/index.html'), ...pick(/^visitor-.*\.(js|css)$/)])
  return { loader, panel, transport, all: sum([loader, wire, panel, transport]), kept }
}
