import { resolve } from 'node:path'
import type { InlineConfig, Plugin } from 'vite'

const here = import.meta.dirname

/**
 * socket.io-client carries three transports and picks at run time; naming one in the options drops nothing
 * from the bundle. It also carries binary packets, which our protocol does not have and our server refuses.
 * These stand-ins leave WebSocket and text.
 */
const STAND_INS: Record<string, string> = {
  'engine.io-client/build/esm/transports/index.js':
    'import { WS } from "./websocket.js"\nexport const transports = { websocket: WS }',
  'engine.io-client/build/esm/transports/polling-xhr.js': 'export const XHR = undefined',
  'socket.io-parser/build/esm/is-binary.js':
    'export const isBinary = () => false\nexport const hasBinary = () => false',
  'socket.io-parser/build/esm/binary.js':
    'export const deconstructPacket = packet => packet\nexport const reconstructPacket = packet => packet',
  'engine.io-parser/build/esm/contrib/base64-arraybuffer.js': 'export const decode = () => null',
}

const textOverWebSocket: Plugin = {
  name: 'nightdesk:text-over-websocket',
  enforce: 'pre',
  load(id) {
    const path = Object.keys(STAND_INS).find(end => id.endsWith(end))
    return path === undefined ? null : { code: STAND_INS[path] ?? '', moduleSideEffects: false }
  },
}

/**
 * Vite wraps each dynamic import in a helper that preloads the chunk's own imports and styles. Ours have none,
 * so the helper would be bytes for nothing, and so would the wrapping.
 */
const WRAPPED =
  /__vitePreload\((?:async )?\(\) => (?:\{\s*const \{[^}]+\} = await )?(import\("[^"]+"\))(?:;\s*return \{[^}]+\};\s*\})?, __VITE_PRELOAD__\)/g

const plainImports: Plugin = {
  name: 'nightdesk:plain-imports',
  enforce: 'pre',
  load: id => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = load => load()' : null),
  renderChunk: code => code.replace(WRAPPED, '$1'),
}

/**
 * JSX as plain calls of `h`: fewer bytes than the automatic runtime, which also repeats the word `children`
 * for every element. The sources import nothing for it; types come from `jsxImportSource`.
 */
const plainJsx: Plugin = {
  name: 'nightdesk:plain-jsx',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('.tsx') ? `import { h, Fragment } from 'preact'\n${code}` : null),
}

/** Two per cent less than the built-in minifier; on a phone they are paid with every first visit. */
const TERSER = {
  ecma: 2020 as const,
  module: true,
  compress: { passes: 3, unsafe_arrows: true, pure_getters: true },
}

/** Lightning CSS's number for `light-dark()`: we do not use it, and what stands in for it is in every `:root`. */
const LIGHT_DARK = 1048576

const COMMON = {
  emptyOutDir: false,
  target: 'es2022',
  minify: 'terser',
  terserOptions: TERSER,
  reportCompressedSize: false,
} as const

/** One app: a page that the server serves, with hashed assets beside it. Apps share no chunk, so each is least. */
export function appConfig(app: 'visitor' | 'desk', outDir: string): InlineConfig {
  return {
    configFile: false,
    logLevel: 'warn',
    root: resolve(here, 'src'),
    base: '/',
    plugins: [textOverWebSocket, plainImports, plainJsx],
    css: { lightningcss: { exclude: LIGHT_DARK } },
    oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } },
    build: {
      outDir,
      ...COMMON,
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { [app]: resolve(here, `src/${app}/index.html`) },
        // How long plugins took is of no interest to who starts the server.
        checks: { bundlerTimings: false },
      },
    },
  }
}

/** What runs on the exchange's page: a classic script for its one classic tag, and the module that loads later. */
export function embedConfig(part: 'loader' | 'panel', outDir: string): InlineConfig {
  const [format, file] = part === 'loader' ? (['iife', 'widget.js'] as const) : (['es', 'panel.js'] as const)
  return {
    configFile: false,
    logLevel: 'warn',
    root: resolve(here, 'src/embed'),
    build: {
      outDir,
      ...COMMON,
      lib: { entry: `${part}.ts`, formats: [format], name: 'NightdeskLoader', fileName: () => file },
    },
  }
}
