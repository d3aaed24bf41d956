import { expect, test } from 'vitest'
import { INTENTS } from '../pack/pack.ts'
import { linkEntries } from './links.ts'

/** An entry that sounds so much like these intents. */
const sounds = (chances: Record<string, number>): Float64Array => {
  const row = new Float64Array(INTENTS.length + 1)
  for (const [intent, chance] of Object.entries(chances))
    row[intent === 'none' ? INTENTS.length : INTENTS.indexOf(intent)] = chance
  return row
}
const likeNothing = sounds({})
const named = (links: number[][]) => links.map(own => own.map(intent => INTENTS[intent]))
const linked = (entries: Float64Array[], given: (string[] | undefined)[] = []) =>
  named(
    linkEntries(
      entries,
      entries.map((_, entry) => given[entry]?.map(intent => INTENTS.indexOf(intent))),
    ),
  )
const others = (count: number) => Array.from({ length: count }, () => likeNothing)

test('in an exchange’s FAQ an entry is linked to what it sounds like; in one about something else only beyond doubt', () => {
  const entries = [sounds({ cancel_order: 0.6 }), sounds({ referral: 0.9 })]
  expect(linked(entries)).toEqual([['cancel_order'], ['referral']])
  expect(linked([...entries, ...others(20)]).slice(0, 2)).toEqual([[], ['referral']])
})

test('what the operator has named always stands, and counts as what an exchange’s FAQ has', () => {
  const unclear = sounds({ cancel_order: 0.6 })
  const foreign = [unclear, ...others(6)]
  expect(linked(foreign)[0]).toEqual([])
  const known = ['trading_fees', 'kyc_how', 'listing', 'slippage', 'convert', 'api_key']
  expect(linked(foreign, [undefined, ...known.map(intent => [intent])]).map(([first]) => first)).toEqual([
    'cancel_order',
    ...known,
  ])
  expect(linked([unclear], [[]])).toEqual([[]])
})

test('where the pack knows nearly all of an FAQ, what else there is under the sun counts little', () => {
  const unclear = sounds({ none: 0.7, slippage: 0.25 })
  const known = ['trading_fees', 'kyc_how', 'listing', 'convert', 'api_key'].map(intent =>
    sounds({ [intent]: 0.9 }),
  )
  expect(linked([unclear, ...known])[0]).toEqual(['slippage'])
  expect(linked([unclear, ...known, ...others(6)])[0]).toEqual([])
})

test('what is said to somebody in danger is meant for that beyond doubt, or named by the operator', () => {
  const courts = sounds({ none: 0.6, legal_deadline: 0.35 })
  const death = sounds({ inheritance: 0.6, self_harm: 0.25 })
  expect(linked([courts, death, sounds({ inheritance: 0.7 })])).toEqual([[], [], ['inheritance']])
  expect(linked([courts], [['legal_deadline']])).toEqual([['legal_deadline']])
  expect(linked([sounds({ self_harm: 0.9 })])).toEqual([['self_harm']])
})

test('of two entries the clearer one has the intent, and the other its next best', () => {
  const entries = [sounds({ txid: 0.5, withdraw_pending: 0.2 }), sounds({ txid: 0.7 })]
  expect(linked(entries)).toEqual([['withdraw_pending'], ['txid']])
})

test('who asks for hours is answered by the entry for a person, unless another one answers just that', () => {
  const human = sounds({ human: 0.9 })
  expect(linked([human])).toEqual([['human', 'support_hours']])
  expect(linked([human, sounds({ support_hours: 0.9 })])).toEqual([['human'], ['support_hours']])
  expect(linked([likeNothing], [['human']])).toEqual([['human', 'support_hours']])
  expect(linked([likeNothing])).toEqual([[]])
})
