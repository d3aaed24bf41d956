import type { Config, Site } from '../config.ts'
import type { Rate } from './rate.ts'

/** What one person may ask: words, what the apps ask by themselves, and hints such as typing. */
export type PersonRates = { message: Rate; ask: Rate; hint: Rate }

/** Every limit of a server. SECURITY.md has the table for operators. */
export type LimitSettings = {
  visitor: PersonRates
  agent: PersonRates
  /** For all guests of one site together; customers whom the exchange has signed are not counted. */
  site: { message: Rate; conversation: Rate }
  /** New conversations of guests of one address: free, then with proof of work, and no more than `most`. */
  conversation: { free: Rate; most: Rate }
  /** New guests of one address without proof of work. */
  guest: Rate
  sockets: {
    perVisitor: number
    /** Open connections of one address: free for guests, then with proof of work; `most` for anybody. */
    perAddress: { free: number; most: number }
    /** Connections of one address that have not said who they are yet, for at most five seconds each. */
    unknownPerAddress: number
    /** Packets of one connection; who sends more is cut. */
    packet: Rate
    /** Everything together; more are closed unheard. */
    total: number
  }
  /** New connections: what each address always has, and what all may take together beyond that. */
  dial: { own: Rate; spare: Rate }
  /** Failed sign-ins at the desk. */
  signIn: { pair: Rate; address: Rate; account: Rate }
  http: {
    /** Requests of one address. */
    request: Rate
    /** TCP connections of one address where no proxy stands before this server. */
    linesPerAddress: number
    headersMs: number
    requestMs: number
    idleMs: number
  }
}

const HOUR = 3600

export const SHIPPED_LIMITS: LimitSettings = {
  visitor: {
    message: { burst: 8, perSecond: 0.5 },
    // Six tabs that come back at once ask three things each, and page.
    ask: { burst: 60, perSecond: 4 },
    hint: { burst: 40, perSecond: 8 },
  },
  agent: {
    message: { burst: 30, perSecond: 5 },
    ask: { burst: 120, perSecond: 20 },
    hint: { burst: 60, perSecond: 10 },
  },
  site: { message: { burst: 2000, perSecond: 500 }, conversation: { burst: 600, perSecond: 10 } },
  conversation: {
    free: { burst: 5, perSecond: 5 / HOUR },
    most: { burst: 60, perSecond: 60 / HOUR },
  },
  guest: { burst: 30, perSecond: 30 / HOUR },
  sockets: {
    perVisitor: 6,
    perAddress: { free: 20, most: 200 },
    unknownPerAddress: 20,
    packet: { burst: 500, perSecond: 100 },
    total: 20_000,
  },
  dial: { own: { burst: 40, perSecond: 2 }, spare: { burst: 400, perSecond: 100 } },
  signIn: {
    pair: { burst: 5, perSecond: 1 / 60 },
    address: { burst: 20, perSecond: 1 / 15 },
    account: { burst: 10, perSecond: 10 / (15 * 60) },
  },
  http: {
    request: { burst: 600, perSecond: 100 },
    linesPerAddress: 400,
    headersMs: 10_000,
    requestMs: 15_000,
    idleMs: 10_000,
  },
}

/** The shipped limits with what an operator has chosen. */
export function limitsFrom({ limits }: Pick<Config, 'limits'>): LimitSettings {
  if (!limits) return SHIPPED_LIMITS
  const { sockets, conversation, http } = SHIPPED_LIMITS
  const { connections, addressConnections, addressConversations } = limits
  return {
    ...SHIPPED_LIMITS,
    sockets: {
      ...sockets,
      total: connections,
      perAddress: { ...sockets.perAddress, most: addressConnections },
    },
    conversation: {
      ...conversation,
      most: { burst: addressConversations, perSecond: addressConversations / HOUR },
    },
    http: { ...http, linesPerAddress: 2 * addressConnections },
  }
}

/** The ceilings of one site; a burst is as many seconds' worth as it is by default. */
export function ceilingsOf(
  { ceilings = {} }: Pick<Site, 'ceilings'>,
  { message, conversation }: LimitSettings['site'],
): LimitSettings['site'] {
  const at = (rate: Rate, perSecond: number | undefined) =>
    perSecond === undefined ? rate : { burst: (rate.burst / rate.perSecond) * perSecond, perSecond }
  return { message: at(message, ceilings.messages), conversation: at(conversation, ceilings.conversations) }
}

const often: Rate = { burst: 1e9, perSecond: 1e9 }
const everything: PersonRates = { message: often, ask: often, hint: often }

/** For the tests that measure something else: the same server, with nothing to run into. */
export const UNLIMITED: LimitSettings = {
  ...SHIPPED_LIMITS,
  visitor: everything,
  agent: everything,
  site: { message: often, conversation: often },
  conversation: { free: often, most: often },
  guest: often,
  sockets: {
    perVisitor: 1e9,
    perAddress: { free: 1e9, most: 1e9 },
    unknownPerAddress: 1e9,
    packet: often,
    total: 1e6,
  },
  dial: { own: often, spare: often },
  signIn: { pair: often, address: often, account: often },
  http: { ...SHIPPED_LIMITS.http, request: often, linesPerAddress: 1e9 },
}
