import { expect, test } from 'vitest'
import { importsOf, type Source, sourcesIn } from '../support/sources.ts'

/**
 * Who may import whom; CONTRIBUTING has the map. Each rule names the files it is about and answers whether one import
 * of theirs is allowed; what no rule mentions is free.
 */
type Rule = { about: string; files: RegExp; allows: (target: string) => boolean }

const isPackage = (target: string) =>
  !target.includes('/src/') && !/^(shared|server|widget|tests|demo)\//.test(target)
const within =
  (...folders: string[]) =>
  (target: string) =>
    folders.some(folder => target.startsWith(folder))
const anyOf =
  (...tests: ((target: string) => boolean)[]) =>
  (target: string) =>
    tests.some(test => test(target))

const PORTS = [
  'server/src/parts.ts',
  'server/src/store/store.ts',
  'server/src/live/live.ts',
  'server/src/door/limits.ts',
  'server/src/door/rate.ts',
  'server/src/bot/engine.ts',
]
const ROOT = ['server/src/config.ts']

const RULES: Rule[] = [
  {
    about: 'shared depends on valibot only',
    files: /^shared\/src\/(?!.*\.test\.)/,
    allows: anyOf(within('shared/src/'), target => target === 'valibot'),
  },
  {
    about: 'server and widget never import each other, nor tests and demo',
    files: /^(server|widget)\/src\/(?!.*\.test\.)/,
    allows: target => !/^(tests|demo)\//.test(target),
  },
  {
    about: 'widget does not import server',
    files: /^widget\//,
    allows: target => !target.startsWith('server/'),
  },
  {
    about: 'server does not import widget',
    files: /^server\//,
    allows: target => !target.startsWith('widget/'),
  },
  {
    about: 'the heart imports shared, its own folder and ports',
    files: /^server\/src\/chat\/(?!.*\.test\.)/,
    allows: within('shared/src/', 'server/src/chat/', ...PORTS),
  },
  {
    about: 'the store knows shared and nothing else of the server',
    files: /^server\/src\/store\/(?!.*\.test\.)/,
    allows: anyOf(isPackage, within('shared/src/', 'server/src/store/')),
  },
  ...['live', 'bot'].map(name => ({
    about: `${name} knows ports and shared`,
    files: new RegExp(`^server/src/${name}/(?!.*\\.test\\.)`),
    allows: anyOf(isPackage, within('shared/src/', `server/src/${name}/`, ...PORTS)),
  })),
  {
    about: 'identity knows ports and the configuration',
    files: /^server\/src\/identity\/(?!.*\.test\.)/,
    allows: anyOf(isPackage, within('shared/src/', 'server/src/identity/', ...PORTS, ...ROOT)),
  },
  {
    about: 'sockets know the heart, identity and ports',
    files: /^server\/src\/sockets\/(?!.*\.test\.)/,
    allows: anyOf(
      isPackage,
      within(
        'shared/src/',
        'server/src/sockets/',
        'server/src/door/',
        'server/src/chat/',
        'server/src/identity/',
        ...PORTS,
        ...ROOT,
      ),
    ),
  },
  {
    about: 'http knows identity, ports and the door, not the heart',
    files: /^server\/src\/http\/(?!.*\.test\.)/,
    allows: anyOf(
      isPackage,
      within(
        'shared/src/',
        'server/src/http/',
        'server/src/identity/',
        'server/src/door/',
        ...PORTS,
        ...ROOT,
      ),
    ),
  },
  {
    about: 'the code on the exchange page knows nothing of the apps',
    files: /^widget\/src\/embed\/(?!.*\.test\.)/,
    allows: within('widget/src/embed/'),
  },
  {
    about: 'what both apps share knows neither of them',
    files: /^widget\/src\/chat\/(?!.*\.test\.)/,
    allows: anyOf(isPackage, within('shared/src/', 'widget/src/chat/')),
  },
  {
    about: 'visitor and desk do not know each other',
    files: /^widget\/src\/visitor\//,
    allows: target => !/^widget\/src\/desk\//.test(target),
  },
  {
    about: 'desk and visitor do not know each other',
    files: /^widget\/src\/desk\//,
    allows: target => !/^widget\/src\/(visitor|embed)\//.test(target),
  },
]

const sources = ['shared', 'server', 'widget'].flatMap(sourcesIn)

const breaches = (rule: Rule, files: readonly Source[]) =>
  files
    .filter(source => rule.files.test(source.path))
    .flatMap(source =>
      importsOf(source)
        .filter(target => !rule.allows(target))
        .map(target => `${source.path} → ${target}`),
    )

for (const rule of RULES) {
  test(`the rule of imports: ${rule.about}`, () => {
    expect(sources.some(source => rule.files.test(source.path))).toBe(true)
    expect(breaches(rule, sources)).toEqual([])
  })
}

test('the rule of imports can be broken: a stray import is found', () => {
  const [shared] = RULES
  const stray = { path: 'shared/src/stray.ts', text: "import { readFileSync } from 'node:fs'" }
  expect(shared && breaches(shared, [stray])).toEqual(['shared/src/stray.ts → node:fs'])
})
