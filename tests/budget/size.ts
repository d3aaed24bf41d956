import { measure } from './measure.ts'

const WHAT = {
  loader: 'loader (widget.js)',
  panel: 'panel (page, script, styles, English)',
  transport: 'transport (socket.io-client)',
  all: 'all to a connected chat, panel.js included',
  kept: 'after that: the outbox on disk',
}

console.log(`${''.padEnd(44)}${['raw', 'gzip', 'brotli'].map(name => name.padStart(9)).join('')}`)
for (const [part, { raw, gzip, brotli }] of Object.entries(measure())) {
  const numbers = [raw, gzip, brotli].map(bytes => String(bytes).padStart(9)).join('')
  console.log(`${WHAT[part as keyof typeof WHAT].padEnd(44)}${numbers}`)
}
