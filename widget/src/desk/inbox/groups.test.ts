import { newId } from '@nightdesk/shared/ids.ts'
import type { InboxRow } from '@nightdesk/shared/protocol/agent.ts'
import { expect, test } from 'vitest'
import { type Group, groupsOf, holdOrder } from './groups.ts'

const mara = { code: 'A11', name: 'Mara' }
const jonas = { code: 'A12', name: 'Jonas' }
const open = (agent: typeof mara, openedAt: number) => ({ status: 'open', openedAt, agent }) as const
const queued = (queuedAt: number) => ({ status: 'queued', queuedAt, reason: 'asked' }) as const

function row(name: string, state: InboxRow['state'], by: 'visitor' | 'agent' | null): InboxRow {
  return {
    id: newId('cv'),
    locale: 'en',
    startedAt: 0,
    lastSeq: 1,
    epoch: 0,
    readByVisitor: 0,
    readByDesk: 0,
    state,
    visitor: { name, verified: true },
    updatedAt: 0,
    preview: by && { by, text: 'words' },
    unread: 0,
  }
}
const names = (groups: readonly Group[]) =>
  groups.map(group => `${group.name}: ${group.rows.map(one => one.visitor.name).join(' ')}`)

test('who was taken over from the bot waits for the agent, until the agent has spoken', () => {
  const rows = [
    row('Bob', open(mara, 3), 'agent'),
    row('Ada', open(mara, 2), 'visitor'),
    row('Eve', open(mara, 1), 'visitor'),
    row('Tom', open(jonas, 1), null),
    row('Sue', { status: 'closed', closedAt: 5, closedBy: 'agent', agent: mara }, 'visitor'),
  ]
  expect(names(groupsOf('mine', rows, 'A11'))).toEqual([
    'Waiting for you: Eve Ada',
    'Waiting for them: Bob',
    'Closed today: Sue',
  ])
})

test('a line under the pointer stays where it is, and says what became of it', () => {
  const [ada, bob] = [row('Ada', queued(1), 'visitor'), row('Bob', queued(2), 'visitor')]
  const settled = groupsOf('queue', [ada, bob], 'A11')
  const taken = { ...ada, state: open(jonas, 3), preview: null }
  const eve = row('Eve', queued(0), 'visitor')
  const rows = [taken, bob, eve]
  const held = holdOrder(settled, groupsOf('queue', rows, 'A11'), rows)
  expect(names(held)).toEqual(['Waiting for a person: Ada Bob Eve'])
  expect(held[0]?.rows[0]).toBe(taken)
})
