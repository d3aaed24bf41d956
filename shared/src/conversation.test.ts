import { describe, expect, test } from 'vitest'
import {
  type Action,
  agentOf,
  assertOwner,
  type Conversation,
  type ConversationState,
  stateOf,
  transition,
} from './conversation.ts'
import { ChatError, type ErrorCode } from './errors.ts'
import { newId } from './ids.ts'

const sam = { code: 'A11', name: 'Sam' }
const kim = { code: 'A12', name: 'Kim' }

const STATES = {
  bot: { status: 'bot' },
  queued: { status: 'queued', queuedAt: 10, reason: 'asked' },
  'with sam': { status: 'open', openedAt: 20, agent: sam },
  'closed by sam': { status: 'closed', closedAt: 30, closedBy: 'agent', agent: sam },
  'closed unserved': { status: 'closed', closedAt: 30, closedBy: 'visitor', agent: null },
} satisfies Record<string, ConversationState>

const ACTIONS = {
  'ada asks for a person': { do: 'askForHuman', reason: 'asked', at: 50 },
  'the bot is unsure': { do: 'askForHuman', reason: 'unsure', at: 50 },
  'ada leaves the queue': { do: 'leaveQueue' },
  'sam takes it': { do: 'take', agent: sam, at: 50 },
  'kim takes it': { do: 'take', agent: kim, at: 50 },
  'sam hands it back': { do: 'handBack', agent: sam },
  'kim hands it back': { do: 'handBack', agent: kim },
  'ada closes it': { do: 'close', by: 'visitor', at: 50 },
  'sam closes it': { do: 'close', by: 'agent', agent: sam, at: 50 },
  'kim closes it': { do: 'close', by: 'agent', agent: kim, at: 50 },
} satisfies Record<string, Action>

type StateName = keyof typeof STATES
type ActionName = keyof typeof ACTIONS

/** What becomes of it: a new owner, `nothing` where the wish is fulfilled already, or a refusal. */
type Outcome = ConversationState | 'nothing' | ErrorCode

const closedBy = (by: 'visitor' | 'agent', agent: typeof sam | null): ConversationState => ({
  status: 'closed',
  closedAt: 50,
  closedBy: by,
  agent,
})

const TABLE: Record<StateName, Record<ActionName, Outcome>> = {
  bot: {
    'ada asks for a person': { status: 'queued', queuedAt: 50, reason: 'asked' },
    'the bot is unsure': { status: 'queued', queuedAt: 50, reason: 'unsure' },
    'ada leaves the queue': 'nothing',
    'sam takes it': 'NOT_WAITING',
    'kim takes it': 'NOT_WAITING',
    'sam hands it back': 'NOT_YOUR_CONVERSATION',
    'kim hands it back': 'NOT_YOUR_CONVERSATION',
    'ada closes it': closedBy('visitor', null),
    'sam closes it': 'NOT_YOUR_CONVERSATION',
    'kim closes it': 'NOT_YOUR_CONVERSATION',
  },
  queued: {
    'ada asks for a person': 'nothing',
    'the bot is unsure': 'nothing',
    'ada leaves the queue': { status: 'bot' },
    'sam takes it': { status: 'open', openedAt: 50, agent: sam },
    'kim takes it': { status: 'open', openedAt: 50, agent: kim },
    'sam hands it back': 'NOT_YOUR_CONVERSATION',
    'kim hands it back': 'NOT_YOUR_CONVERSATION',
    'ada closes it': closedBy('visitor', null),
    'sam closes it': 'NOT_YOUR_CONVERSATION',
    'kim closes it': 'NOT_YOUR_CONVERSATION',
  },
  'with sam': {
    'ada asks for a person': 'nothing',
    'the bot is unsure': 'nothing',
    'ada leaves the queue': 'NOT_WAITING',
    'sam takes it': 'nothing',
    'kim takes it': 'ALREADY_TAKEN',
    'sam hands it back': { status: 'bot' },
    'kim hands it back': 'NOT_YOUR_CONVERSATION',
    'ada closes it': closedBy('visitor', sam),
    'sam closes it': closedBy('agent', sam),
    'kim closes it': 'NOT_YOUR_CONVERSATION',
  },
  'closed by sam': {
    'ada asks for a person': 'CONVERSATION_CLOSED',
    'the bot is unsure': 'CONVERSATION_CLOSED',
    'ada leaves the queue': 'CONVERSATION_CLOSED',
    'sam takes it': 'CONVERSATION_CLOSED',
    'kim takes it': 'CONVERSATION_CLOSED',
    'sam hands it back': 'CONVERSATION_CLOSED',
    'kim hands it back': 'CONVERSATION_CLOSED',
    'ada closes it': 'nothing',
    'sam closes it': 'nothing',
    'kim closes it': 'NOT_YOUR_CONVERSATION',
  },
  'closed unserved': {
    'ada asks for a person': 'CONVERSATION_CLOSED',
    'the bot is unsure': 'CONVERSATION_CLOSED',
    'ada leaves the queue': 'CONVERSATION_CLOSED',
    'sam takes it': 'CONVERSATION_CLOSED',
    'kim takes it': 'CONVERSATION_CLOSED',
    'sam hands it back': 'CONVERSATION_CLOSED',
    'kim hands it back': 'CONVERSATION_CLOSED',
    'ada closes it': 'nothing',
    'sam closes it': 'NOT_YOUR_CONVERSATION',
    'kim closes it': 'NOT_YOUR_CONVERSATION',
  },
}

const namesOf = <Name extends string>(table: Record<Name, unknown>) => Object.keys(table) as Name[]

function outcome(from: ConversationState, action: Action): Outcome {
  try {
    return transition(from, action) ?? 'nothing'
  } catch (error) {
    if (error instanceof ChatError) return error.code
    throw error
  }
}

describe('[S1] every change of owner', () => {
  for (const state of namesOf(STATES)) {
    for (const action of namesOf(ACTIONS)) {
      const wanted = TABLE[state][action]
      const words = typeof wanted === 'string' ? wanted : wanted.status
      test(`${state}: ${action} → ${words}`, () => {
        expect(outcome(STATES[state], ACTIONS[action])).toEqual(wanted)
      })
    }
  }
})

test('[S3] a wish that has come true changes nothing when it is wished again', () => {
  for (const state of namesOf(STATES)) {
    for (const action of namesOf(ACTIONS)) {
      // Handing back is the owner's right alone, and whoever has handed back is not the owner any more.
      if (ACTIONS[action].do === 'handBack') continue
      const once = outcome(STATES[state], ACTIONS[action])
      if (typeof once === 'string') continue
      expect(outcome(once, ACTIONS[action]), `${state}: ${action}, twice`).toBe('nothing')
    }
  }
})

test('[S1] whatever is done in whatever order, there is exactly one owner and closed stays closed', () => {
  // Every state that can be reached from the start, each tried with every action.
  const seen = new Map<string, ConversationState>()
  const open: ConversationState[] = [{ status: 'bot' }]
  for (let from = open.pop(); from; from = open.pop()) {
    if (seen.has(JSON.stringify(from))) continue
    seen.set(JSON.stringify(from), from)
    for (const action of namesOf(ACTIONS)) {
      const next = outcome(from, ACTIONS[action])
      if (typeof next === 'string') continue
      expect(from.status).not.toBe('closed')
      open.push(next)
    }
  }
  const owners = [...seen.values()].map(state => `${state.status} ${agentOf(state)?.name ?? '-'}`)
  expect(new Set(owners)).toEqual(
    new Set(['bot -', 'queued -', 'open Sam', 'open Kim', 'closed -', 'closed Sam', 'closed Kim']),
  )
})

test('[S1] a transition leaves the state it came from as it was', () => {
  for (const state of namesOf(STATES)) {
    const before = structuredCopy(STATES[state])
    for (const action of namesOf(ACTIONS)) outcome(STATES[state], ACTIONS[action])
    expect(STATES[state]).toEqual(before)
  }
})

test('[R3] only the agent who has a conversation is its owner, by code and not by name', () => {
  const namesake = { code: 'A99', name: 'Sam' }
  const renamed = { code: 'A11', name: 'Samantha' }
  expect(() => assertOwner(STATES['with sam'], renamed)).not.toThrow()
  for (const [state, agent] of [
    [STATES['with sam'], namesake],
    [STATES['closed by sam'], sam],
    [STATES.queued, sam],
    [STATES.bot, sam],
  ] as const) {
    expect(() => assertOwner(state, agent)).toThrow(new ChatError('NOT_YOUR_CONVERSATION'))
  }
})

test('the state of a conversation is told without the ids of people and of the site', () => {
  for (const state of Object.values(STATES)) {
    const conversation: Conversation = {
      id: newId('cv'),
      siteId: 'st_demo',
      visitorId: newId('vi'),
      locale: 'en',
      startedAt: 1,
      lastSeq: 3,
      epoch: 2,
      readByVisitor: 1,
      readByDesk: 1,
      ...state,
    }
    expect(stateOf(conversation)).toEqual(state)
  }
})

test('a closed conversation remembers who served it', () => {
  expect(agentOf(STATES['closed by sam'])).toEqual(sam)
  expect(agentOf(STATES['with sam'])).toEqual(sam)
  expect(agentOf(STATES['closed unserved'])).toBeNull()
  expect(agentOf(STATES.queued)).toBeNull()
  expect(agentOf(STATES.bot)).toBeNull()
})

const structuredCopy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
