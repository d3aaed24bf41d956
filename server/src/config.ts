import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'

/** One exchange brand. `identitySecret` signs its customers' identities (HS256), so it is a secret of both. */
export type Site = {
  id: string
  name: string
  origins: string[]
  identitySecret: string
  faqDir: string
  /** For all guests of the site together, a second; generous where nothing is said. */
  ceilings?: { messages?: number; conversations?: number }
  /** Entries on the home screen, in this order; the FAQ's first ones where none are named. */
  topics?: string[]
  /** The share of the bot's answers that may be wrong, 0.01 to 0.2; the bot's own measure where nothing is said. */
  wrongAnswers?: number
  /** `false`: what visitors have not sent yet is never written to their disk. */
  outbox?: boolean
}

export type Config = {
  port: number
  host: string
  /** Where visitors and agents reach this server; its origin is the only one that sockets accept. */
  publicUrl: URL
  /** `sqlite:PATH` or `postgres://…` */
  databaseUrl: string
  /** `redis://…`; without it nodes find each other's words by looking into the database. */
  redisUrl?: string
  secretKey: string
  sites: Site[]
  assetsDir: string
  logLevel: string
  /** How long to answer 503 before closing, so that a load balancer looks away first. */
  drainMs: number
  /** Who may say for whom they ask: a number of proxies, or their addresses. */
  trustProxy: number | string[]
  /** The limits that depend on where one stands; the others are as they are. */
  limits?: { connections: number; addressConnections: number; addressConversations: number }
}

/** Everything wrong with a configuration, at once. */
export class ConfigError extends Error {
  readonly faults: string[]

  constructor(faults: string[]) {
    super(`Nightdesk cannot start:\n${faults.map(fault => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

const wholeNumber = (from: number, to: number) =>
  v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.minValue(from), v.maxValue(to))

const environment = v.object({
  PORT: v.optional(wholeNumber(0, 65535), '4000'),
  HOST: v.optional(v.pipe(v.string(), v.nonEmpty()), '127.0.0.1'),
  PUBLIC_URL: v.optional(v.pipe(v.string(), v.url())),
  DATABASE_URL: v.optional(
    v.pipe(v.string(), v.regex(/^(sqlite:.|postgres(ql)?:\/\/.)/)),
    'sqlite:./data/nightdesk.db',
  ),
  REDIS_URL: v.optional(v.pipe(v.string(), v.regex(/^rediss?:\/\/./))),
  SECRET_KEY: v.pipe(v.string(), v.check(isStrong)),
  SITES_FILE: v.pipe(v.string(), v.nonEmpty()),
  ASSETS_DIR: v.optional(v.string(), resolve(import.meta.dirname, '../../widget/dist')),
  LOG_LEVEL: v.optional(v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
  DRAIN_MS: v.optional(wholeNumber(0, 10_000), '1000'),
  TRUST_PROXY: v.optional(v.pipe(v.string(), v.check(isProxyList), v.transform(readProxies)), '0'),
  MAX_CONNECTIONS: v.optional(wholeNumber(100, 1_000_000), '20000'),
  ADDRESS_CONNECTIONS: v.optional(wholeNumber(20, 100_000), '200'),
  ADDRESS_CONVERSATIONS: v.optional(wholeNumber(5, 100_000), '60'),
})

const HINTS: Record<keyof typeof environment.entries, string> = {
  PORT: 'must be a port number from 0 to 65535',
  HOST: 'must be an address to listen on',
  PUBLIC_URL: 'must be a URL such as https://support.example-exchange.com',
  DATABASE_URL: 'must be sqlite:PATH or postgres://USER@HOST/DATABASE',
  REDIS_URL: 'must be redis://HOST or rediss://HOST',
  SECRET_KEY:
    "must be at least 32 random characters; try: node -p \"require('crypto').randomBytes(32).toString('base64url')\"",
  SITES_FILE: 'must be the path of the JSON file that lists the sites',
  ASSETS_DIR: 'must be the folder of the built widget',
  LOG_LEVEL: 'must be one of fatal, error, warn, info, debug, trace, silent',
  DRAIN_MS: 'must be from 0 to 10000 milliseconds',
  TRUST_PROXY: 'must be how many proxies stand before this server, or their addresses with commas between',
  MAX_CONNECTIONS: 'must be from 100 to 1000000 connections',
  ADDRESS_CONNECTIONS: 'must be from 20 to 100000 connections of one address',
  ADDRESS_CONVERSATIONS: "must be from 5 to 100000 new conversations of one address's guests an hour",
}

const perSecond = v.pipe(
  v.number('a ceiling must be a number a second'),
  v.minValue(1, 'a ceiling must be 1 a second or more'),
)

const siteSchema = v.strictObject({
  id: v.pipe(v.string('id must be a text'), v.regex(/^st_[a-z0-9_]{1,32}$/, 'id must be st_ and lower case')),
  name: v.pipe(
    v.string('name must be a text'),
    v.nonEmpty('name is empty'),
    v.maxLength(64, 'name is too long'),
  ),
  origins: v.pipe(
    v.array(
      v.pipe(v.string(), v.check(isOrigin, 'origins must be like https://example.com')),
      'origins must be a list',
    ),
    v.minLength(1, 'origins is empty'),
  ),
  identitySecret: v.pipe(
    v.string('identitySecret must be a text'),
    v.check(isStrong, 'identitySecret must be at least 32 random characters'),
  ),
  faqDir: v.string('faqDir must be the path of a folder'),
  ceilings: v.exactOptional(
    v.strictObject({ messages: v.exactOptional(perSecond), conversations: v.exactOptional(perSecond) }),
  ),
  topics: v.exactOptional(
    v.array(v.string('topics must be a list of entry ids'), 'topics must be a list of entry ids'),
  ),
  wrongAnswers: v.exactOptional(
    v.pipe(
      v.number('wrongAnswers must be a share from 0.01 to 0.2'),
      v.minValue(0.01, 'wrongAnswers must be a share from 0.01 to 0.2'),
      v.maxValue(0.2, 'wrongAnswers must be a share from 0.01 to 0.2'),
    ),
  ),
  outbox: v.exactOptional(v.boolean('outbox must be true or false')),
})

/** Reads the environment. Throws a ConfigError that lists every fault. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const faults: string[] = []
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = v.safeParse(environment, given)
  for (const issue of parsed.issues ?? []) {
    const name = v.getDotPath(issue) as keyof typeof HINTS
    faults.push(`${name} ${given[name] === undefined ? 'is missing: it ' : ''}${HINTS[name]}`)
  }
  const sites = typeof given.SITES_FILE === 'string' ? readSites(given.SITES_FILE, faults) : []
  if (
    given.PUBLIC_URL !== undefined &&
    URL.canParse(given.PUBLIC_URL) &&
    !isServed(new URL(given.PUBLIC_URL))
  ) {
    faults.push('PUBLIC_URL must be https: everywhere but on this machine')
  }
  if (sites.some(site => site.identitySecret === given.SECRET_KEY)) {
    faults.push('SECRET_KEY must differ from every identitySecret: the exchange knows those')
  }
  if (!parsed.success || faults.length > 0) throw new ConfigError([...new Set(faults)])

  const values = parsed.output
  const publicUrl = new URL(values.PUBLIC_URL ?? `http://localhost:${values.PORT}`)
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl,
    databaseUrl: values.DATABASE_URL,
    ...(values.REDIS_URL === undefined ? {} : { redisUrl: values.REDIS_URL }),
    secretKey: values.SECRET_KEY,
    sites,
    assetsDir: values.ASSETS_DIR,
    logLevel: values.LOG_LEVEL,
    drainMs: values.DRAIN_MS,
    trustProxy: values.TRUST_PROXY,
    limits: {
      connections: values.MAX_CONNECTIONS,
      addressConnections: values.ADDRESS_CONNECTIONS,
      addressConversations: values.ADDRESS_CONVERSATIONS,
    },
  }
}

function readSites(path: string, faults: string[]): Site[] {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    faults.push(`SITES_FILE ${path} cannot be read as JSON: ${(error as Error).message}`)
    return []
  }
  const parsed = v.safeParse(v.pipe(v.array(siteSchema), v.minLength(1, 'it lists no site')), content)
  for (const issue of parsed.issues ?? []) {
    faults.push(`SITES_FILE ${path}: ${v.getDotPath(issue) ?? 'file'}: ${issue.message}`)
  }
  if (!parsed.success) return []
  if (new Set(parsed.output.map(site => site.id)).size < parsed.output.length) {
    faults.push(`SITES_FILE ${path}: two sites have the same id`)
  }
  return parsed.output.map(site => ({ ...site, faqDir: resolve(dirname(path), site.faqDir) }))
}

/** At least 32 characters of at least 12 kinds: refuses "changeme…", "aaaa…" and their like. */
function isStrong(secret: string): boolean {
  return (
    secret.length >= 32 && new Set(secret).size >= 12 && !/secret|password|change|example|test/i.test(secret)
  )
}

/** `true` is not among them: it would believe whatever anybody writes into the header. */
function isProxyList(text: string): boolean {
  return (
    /^\d$/.test(text) ||
    text
      .split(',')
      .every(one => /^[0-9a-f.:]+(\/\d{1,3})?$/i.test(one.trim()) && !/^::ffff:/i.test(one.trim()))
  )
}

function readProxies(text: string): number | string[] {
  return /^\d$/.test(text) ? Number(text) : text.split(',').map(one => one.trim())
}

function isOrigin(text: string): boolean {
  try {
    const url = new URL(text)
    return url.origin === text && isServed(url)
  } catch {
    return false
  }
}

function isServed({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}
