import { expect, test } from 'vitest'
import { CatchUp } from './catch-up.ts'
import { check, type Finding, type History, type Shown, watcher } from './checker.ts'

/** A history in which all is well: two observers, three messages. */
const well = (): History => {
  const view = { conversation: 'c', ids: ['a', 'b', 'c'], sentKeys: ['1'], waitingKeys: [] }
  return {
    sent: new Map([['ada c', ['1', '2']]]),
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
          { id: 'a', seq: 1, key: '1' },
          { id: 'b', seq: 2, key: '2' },
          { id: 'c', seq: 3, key: undefined },
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
  ['stored twice', history => history.stored.get('c')?.push({ id: 'd', seq: 4, key: '1' })],
  ['gap in seq', history => history.stored.get('c')?.push({ id: 'd', seq: 5, key: '3' })],
  ['sender order broken', history => history.sent.get('ada c')?.reverse()],
  ['phantom', history => history.atRest[0]?.ids.unshift('z')],
  ['not a prefix', history => history.atRest[0]?.ids.reverse()],
  ['gap at rest', history => history.atRest[1]?.ids.pop()],
  ['refused', history => history.live.push({ fault: 'refused', about: 'ada' })],
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
  ['shown twice', [{ ids: ['a'] }, { ids: ['a', 'a'] }]],
  ['shown twice', [{ ids: ['b'] }, { ids: ['b', 'b', 'c'] }]],
  ['shown twice', [{ ids: ['a'], sentKeys: ['1'], waitingKeys: ['1'] }]],
  ['not a prefix', [{ ids: ['a', 'b'] }, { ids: ['a'] }]],
  ['not a prefix', [{ ids: ['a', 'b'] }, { ids: ['b', 'a'] }]],
  ['not a prefix', [{ ids: ['a', 'b'] }, { ids: ['a', 'c', 'b'] }]],
]

test.each(SCREENS)('one screen is watched while it changes: %s', (fault, views) => {
  const live: Finding[] = []
  const watch = watcher(live, () => undefined)
  for (const view of views)
    watch({ by: 'ada', conversation: 'c', ids: [], sentAts: [], sentKeys: [], waitingKeys: [], ...view })
  expect(live.map(finding => finding.fault)).toEqual(fault ? [fault] : [])
})

test('only what comes in after a screen was opened counts as news', () => {
  const seen: number[] = []
  const watch = watcher([], sentAt => seen.push(sentAt))
  const view = { by: 'ada', conversation: 'c', sentKeys: [], waitingKeys: [] }
  watch({ ...view, ids: ['a', 'b'], sentAts: [1, 2] })
  watch({ ...view, ids: ['a', 'b', 'c'], sentAts: [1, 2, 3] })
  expect(seen).toEqual([3])
})

test('catching up is measured from the commit or from the end of the fault, whichever came later', async () => {
  const catchUp = new CatchUp()
  catchUp.begin()
  catchUp.seen(Date.now() - 9000)
  catchUp.end()
  catchUp.seen(Date.now() - 5000)
  expect(catchUp.p99()).toBeLessThan(100)
  const later = new CatchUp()
  later.seen(Date.now() - 5000)
  expect(later.p99()).toBeGreaterThanOrEqual(4990)
})
