import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const KEY = 'q8Zt3nVb6wXy1LmK0pRs4uHj7cFd2gAe9oTi'
const IDENTITY = 'M3kVw8sQz1Xn5Yb7Rt0Lp2Jh6Gd4Fc9AaEeUu'

const site = {
  id: 'st_demo',
  name: 'Northgate',
  origins: ['https://northgate.example'],
  identitySecret: IDENTITY,
  faqDir: 'faq',
}

function sitesFile(content: unknown): string {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-config-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const path = join(dir, 'sites.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const good = (sites: unknown = [site]) => ({ SECRET_KEY: KEY, SITES_FILE: sitesFile(sites) })

/** The faults of a configuration that must be refused. */
function faultsOf(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  throw new Error('the configuration was taken')
}

test('a configuration is read, and what is not given has its default', () => {
  const env = good()
  expect(readConfig(env)).toEqual({
    port: 4000,
    host: '127.0.0.1',
    publicUrl: new URL('http://localhost:4000'),
    databaseUrl: 'sqlite:./data/nightdesk.db',
    secretKey: KEY,
    sites: [{ ...site, faqDir: join(env.SITES_FILE, '../faq') }],
    assetsDir: expect.stringMatching(/\/widget\/dist$/),
    logLevel: 'info',
    drainMs: 1000,
    trustProxy: 0,
    limits: { connections: 20_000, addressConnections: 200, addressConversations: 60 },
  })
})

test('everything that is given is taken', () => {
  const topics = ['lost_2fa', 'kyc_time']
  const config = readConfig({
    ...good([{ ...site, topics, outbox: false, faqDir: '/srv/faq' }]),
    PORT: '8080',
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://support.northgate.example',
    DATABASE_URL: 'sqlite:/var/lib/nightdesk.db',
    ASSETS_DIR: '/srv/widget',
    LOG_LEVEL: 'warn',
    DRAIN_MS: '0',
    HOME: '/root',
  })
  expect(config).toMatchObject({
    port: 8080,
    host: '0.0.0.0',
    databaseUrl: 'sqlite:/var/lib/nightdesk.db',
    assetsDir: '/srv/widget',
    logLevel: 'warn',
    drainMs: 0,
    sites: [{ topics, outbox: false, faqDir: '/srv/faq' }],
  })
  expect(config.publicUrl.origin).toBe('https://support.northgate.example')
})

test('an empty setting is one that is not given', () => {
  expect(readConfig({ ...good(), PORT: '', LOG_LEVEL: '', PUBLIC_URL: undefined })).toMatchObject({
    port: 4000,
  })
  expect(faultsOf({ ...good(), SECRET_KEY: '' })).toEqual([expect.stringMatching(/^SECRET_KEY is missing/)])
})

describe('a setting that cannot be is refused with its name and a hint:', () => {
  test.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '0x50'],
    ['PUBLIC_URL', 'support.northgate.example'],
    ['PUBLIC_URL', 'http://support.northgate.example'],
    ['PUBLIC_URL', 'http://localhost.northgate.example'],
    ['PUBLIC_URL', 'ftp://localhost'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['DATABASE_URL', 'mysql://localhost/nightdesk'],
    ['DATABASE_URL', 'postgres://'],
    ['REDIS_URL', 'localhost:6379'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', '/var/lib/nightdesk.db'],
    ['SECRET_KEY', undefined],
    ['SECRET_KEY', 'short'],
    ['SECRET_KEY', KEY.slice(0, 31)],
    ['SECRET_KEY', 'a'.repeat(64)],
    ['SECRET_KEY', 'abababcdabababcdabababcdabababcd'],
    ['SECRET_KEY', 'changeme-q8Zt3nVb6wXy1LmK0pRs4uHj7c'],
    ['SECRET_KEY', 'this-is-my-SECRET-key-for-production-0'],
    ['SITES_FILE', undefined],
    ['LOG_LEVEL', 'verbose'],
    ['DRAIN_MS', '10001'],
    ['DRAIN_MS', '1s'],
  ])('%s=%s', (name, value) => {
    const faults = faultsOf({ ...good(), [name]: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^${name} `))
  })
})

describe('a file of sites that cannot be is refused with the place in it:', () => {
  const table: [what: string, content: unknown, fault: RegExp][] = [
    ['not JSON', '[{', /cannot be read as JSON/],
    ['not a list', { sites: [site] }, /SITES_FILE .*Array/],
    ['no site at all', [], /it lists no site/],
    ['an unknown field', [{ ...site, colour: 'blue' }], /0\.colour/],
    ['no id', [{ ...site, id: undefined }], /0\.id/],
    ['an id of another kind', [{ ...site, id: 'demo' }], /0\.id: id must be st_/],
    ['an empty name', [{ ...site, name: '' }], /0\.name: name is empty/],
    ['a long name', [{ ...site, name: 'x'.repeat(65) }], /0\.name: name is too long/],
    ['no origin', [{ ...site, origins: [] }], /0\.origins: origins is empty/],
    [
      'an origin that is no list',
      [{ ...site, origins: 'https://a.example' }],
      /0\.origins: origins must be a list/,
    ],
    [
      'an origin with a path',
      [{ ...site, origins: ['https://a.example/'] }],
      /0\.origins\.0: origins must be like/,
    ],
    ['an origin without TLS', [{ ...site, origins: ['http://a.example'] }], /0\.origins\.0/],
    ['any origin', [{ ...site, origins: ['https://a.example', '*'] }], /0\.origins\.1/],
    ['no origin of a file', [{ ...site, origins: ['null'] }], /0\.origins\.0/],
    ['an origin that is no web page', [{ ...site, origins: ['ftp://localhost'] }], /0\.origins\.0/],
    ['a weak secret', [{ ...site, identitySecret: 'hunter2' }], /0\.identitySecret: .*32 random/],
    ['no folder', [{ ...site, faqDir: 7 }], /0\.faqDir: faqDir must be/],
    [
      'an outbox that is no yes or no',
      [{ ...site, outbox: 'off' }],
      /0\.outbox: outbox must be true or false/,
    ],
    ['topics that are no list', [{ ...site, topics: 'kyc' }], /0\.topics: topics must be a list/],
    ['a fault of the second site', [site, { ...site, id: 'ST' }], /1\.id/],
    ['two sites of one id', [site, site], /two sites have the same id/],
  ]
  test.each(table)('%s', (_, content, fault) => {
    const faults = faultsOf(good(content))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^SITES_FILE /)
    expect(faults[0]).toMatch(fault)
  })

  test('a file that is not there', () => {
    expect(faultsOf({ ...good(), SITES_FILE: '/nowhere/sites.json' })).toEqual([
      expect.stringMatching(/^SITES_FILE \/nowhere\/sites\.json cannot be read/),
    ])
  })
})

test('the key of this server must differ from the secrets that the exchange knows', () => {
  const two = [site, { ...site, id: 'st_other', identitySecret: KEY }]
  expect(faultsOf(good(two))).toEqual([expect.stringMatching(/^SECRET_KEY must differ/)])
})

test('no refusal repeats a secret', () => {
  const faults = faultsOf({
    ...good([{ ...site, identitySecret: 'hunter2-hunter2' }]),
    SECRET_KEY: 'changeme-q8Zt3nVb',
  })
  expect(faults).toHaveLength(2)
  expect(faults.join('\n')).not.toMatch(/hunter2|q8Zt3nVb/)
})

test('loopback needs no TLS, for this server and for a site', () => {
  for (const origin of ['http://localhost:4100', 'http://127.0.0.1:4100', 'http://[::1]:4100']) {
    const env = { ...good([{ ...site, origins: [origin] }]), PUBLIC_URL: origin }
    expect(readConfig(env).publicUrl.origin).toBe(origin)
  }
})

describe('every fault is told at once', () => {
  test('in the environment and in the file of sites', () => {
    const faults = faultsOf({
      PORT: 'http',
      HOST: '127.0.0.1',
      DATABASE_URL: 'mysql:x',
      LOG_LEVEL: 'loud',
      DRAIN_MS: 'soon',
      SITES_FILE: sitesFile([
        { ...site, id: 'demo', name: '' },
        { ...site, origins: [] },
      ]),
    })
    const names = faults.map(fault => fault.split(' ')[0])
    expect(names.toSorted()).toEqual([
      'DATABASE_URL',
      'DRAIN_MS',
      'LOG_LEVEL',
      'PORT',
      'SECRET_KEY',
      'SITES_FILE',
      'SITES_FILE',
      'SITES_FILE',
    ])
  })

  test('also where one of them is about two settings together', () => {
    const faults = faultsOf({
      ...good([{ ...site, identitySecret: KEY }]),
      PORT: 'http',
      PUBLIC_URL: 'http://support.northgate.example',
    })
    expect(faults.map(fault => fault.split(' ')[0]).toSorted()).toEqual(['PORT', 'PUBLIC_URL', 'SECRET_KEY'])
  })

  test('and the message of the error lists them line by line', () => {
    const error = new ConfigError(['PORT is wrong', 'HOST is wrong'])
    expect(error.message).toBe('Nightdesk cannot start:\n  - PORT is wrong\n  - HOST is wrong')
  })
})

test('limits are taken as numbers, and ceilings of a site from its file', () => {
  const config = readConfig({
    ...good([{ ...site, faqDir: '/srv/faq', ceilings: { messages: 50 } }]),
    MAX_CONNECTIONS: '5000',
    ADDRESS_CONNECTIONS: '1000',
    ADDRESS_CONVERSATIONS: '600',
  })
  expect(config.limits).toEqual({ connections: 5000, addressConnections: 1000, addressConversations: 600 })
  expect(config.sites[0]?.ceilings).toEqual({ messages: 50 })
  for (const wrong of ['0', '-1', '1e3', 'many', '4']) {
    expect(faultsOf({ ...good(), ADDRESS_CONVERSATIONS: wrong }), wrong).toHaveLength(1)
  }
  expect(faultsOf(good([{ ...site, ceilings: { messages: 0 } }]))[0]).toMatch(/1 a second or more/)
})

test('the share of wrong answers that a site allows is taken, from one in a hundred to one in five', () => {
  const [allowing] = readConfig(good([{ ...site, wrongAnswers: 0.1 }])).sites
  expect(allowing?.wrongAnswers).toBe(0.1)
  for (const wrong of [0, 0.005, 0.3, 5, '5 %']) {
    const faults = faultsOf(good([{ ...site, wrongAnswers: wrong }]))
    expect(faults, `${wrong}`).toEqual([
      expect.stringContaining('wrongAnswers must be a share from 0.01 to 0.2'),
    ])
  }
})
