import { expect, test } from 'vitest'
import { check, type Finding, type History, type Shown, watcher } from './checker.ts'
import { MUTANTS } from './mutants.ts'
import { ROWS } from './rows.ts'
import { runRow } from './run.ts'

test.each(ROWS)('[G1–G5] $id: $fault', { timeout: 90_000 }, async row => {
  const { accepted, findings, healed } = await runRow(row, { count: row.counts.ci, visitors: 8, agents: 2 })
  expect(accepted).toBeGreaterThan(50)
  expect(findings).toEqual([])
  expect(healed).toBeLessThan(10_000)
})

test.each(MUTANTS)('a server that is broken on purpose is caught: %s', { timeout: 90_000 }, async mutant => {
  const row = ROWS.find(({ id }) => id === (mutant === 'forgets-keys' ? 'F13' : 'F1'))
  if (!row) throw new Error('the row is missing')
  const { findings } = await runRow(row, { count: 6, visitors: 8, agents: 2, mutant })
  expect(findings.length).toBeGreaterThan(0)
})

/** A history in which all is well: two observers, three messages. */
const well = (): History => {
  const view = { conversation: 'c', ids: ['a', 'b', 'c'], sentKeys: ['1'], waitingKeys: [] }
  return {
    sent: [
      { key: '1', text: 'one', by: 'ada', conversation: 'c' },
      { key: '2', text: 'two', by: 'ada', conversation: 'c' },
    ],
    acked: [{ key: '1', by: 'ada', id: 'a', seq: 1 }],
    live: [],
    atRest: [
      { by: 'ada', ...view },
      { by: 'sam', ...view },
    ],
    stored: new Map([
      [
        'c',
        [
          { id: 'a', seq: 1, key: '1', text: 'one' },
          { id: 'b', seq: 2, key: '2', text: 'two' },
          { id: 'c', seq: 3, key: undefined, text: undefined },
        ],
      ],
    ]),
  }
}

test('the checker has nothing to say of a history in which all is well', () => {
  expect(check(well())).toEqual([])
})

const SPOILED: [fault: string, spoil: (history: History) => void][] = [
  ['acked but missing', history => history.acked.push({ key: '9', by: 'ada', id: 'z', seq: 9 })],
  ['acked as another message', history => history.acked.push({ key: '2', by: 'ada', id: 'a', seq: 1 })],
  ['stored twice', history => history.stored.get('c')?.push({ id: 'd', seq: 4, key: '1', text: 'one' })],
  ['gap in seq', history => history.stored.get('c')?.push({ id: 'd', seq: 5, key: '3', text: 'x' })],
  ['sender order broken', history => history.sent.reverse()],
  ['phantom', history => history.atRest[0]?.ids.unshift('z')],
  ['not a prefix', history => history.atRest[0]?.ids.reverse()],
  ['gap at rest', history => history.atRest[1]?.ids.pop()],
  ['shown as sent before acceptance', history => history.atRest[0]?.sentKeys.push('9')],
]

test.each(SPOILED)('the checker bites: %s', (fault, spoil) => {
  const history = structuredClone(well())
  spoil(history)
  expect(check(history).map(finding => finding.fault)).toContain(fault)
})

const SCREENS: [fault: string | undefined, views: Partial<Shown>[]][] = [
  [undefined, [{ ids: ['b'] }, { ids: ['b', 'c'] }, { ids: ['a', 'b', 'c'] }]],
  ['shown twice', [{ ids: ['a', 'a'] }]],
  ['shown twice', [{ ids: ['a'], sentKeys: ['1'], waitingKeys: ['1'] }]],
  ['not a prefix', [{ ids: ['a', 'b'] }, { ids: ['a'] }]],
  ['not a prefix', [{ ids: ['a', 'b'] }, { ids: ['b', 'a'] }]],
  ['not a prefix', [{ ids: ['a', 'b'] }, { ids: ['a', 'c', 'b'] }]],
]

test.each(SCREENS)('one screen is watched while it changes: %s', (fault, views) => {
  const live: Finding[] = []
  const watch = watcher(live)
  for (const view of views)
    watch({ by: 'ada', conversation: 'c', ids: [], sentKeys: [], waitingKeys: [], ...view })
  expect(live.map(finding => finding.fault)).toEqual(fault ? [fault] : [])
})
