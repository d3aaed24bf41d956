import { newId } from '@nightdesk/shared/ids.ts'
import type { AgentTell } from '@nightdesk/shared/protocol/agent.ts'
import type { VisitorTell } from '@nightdesk/shared/protocol/visitor.ts'
import { type DeskView, deskReducer } from '@nightdesk/shared/view/desk-view.ts'
import { threadFrom } from '@nightdesk/shared/view/thread.ts'
import { type VisitorView, visitorReducer } from '@nightdesk/shared/view/visitor-view.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newNightdesk } from '../support/desk.ts'
import type { Ada, Sam } from '../support/people.ts'

/**
 * [C3] The law: an old snapshot plus the tells since equals a fresh snapshot, for visitor and agent, whatever
 * happened in between. Source of the method: Zulip's `verify_action`.
 */
const ACTIONS = [
  'ada says',
  'ada asks the faq',
  'ada asks for a human',
  'ada leaves the queue',
  'ada reads',
  'ada closes',
  'bo says',
  'bo asks for a human',
  'bo leaves the queue',
  'sam takes ada',
  'sam takes bo',
  'sam replies',
  'sam reads',
  'sam hands back',
  'sam closes',
  'kim takes ada',
  'kim takes bo',
  'kim replies',
] as const
type Action = (typeof ACTIONS)[number]

type Cast = { ada: Ada; bo: Ada; sam: Sam; kim: Sam }

async function perform({ ada, bo, sam, kim }: Cast, action: Action): Promise<void> {
  const a = { conversationId: ada.conversation() }
  const b = { conversationId: bo.conversation() }
  const words = { key: newId('mk'), text: `words ${Math.random()}` }
  // A wish that the rules refuse is part of the game: nothing may be told of it.
  const wish: Record<Action, () => Promise<unknown>> = {
    'ada says': () => ada.ask('message:send', { ...a, ...words }),
    'ada asks the faq': () => ada.ask('message:send', { ...a, ...words, text: 'trading fees' }),
    'ada asks for a human': () => ada.ask('human:request', a),
    'ada leaves the queue': () => ada.ask('queue:leave', a),
    'ada reads': () => ada.ask('message:read', { ...a, seq: Math.floor(Math.random() * 30) }),
    'ada closes': () => ada.ask('conversation:close', a),
    'bo says': () => bo.ask('message:send', { ...b, ...words }),
    'bo asks for a human': () => bo.ask('human:request', b),
    'bo leaves the queue': () => bo.ask('queue:leave', b),
    'sam takes ada': () => sam.ask('conversation:take', a),
    'sam takes bo': () => sam.ask('conversation:take', b),
    'sam replies': () => sam.ask('message:send', { ...a, ...words }),
    'sam reads': () => sam.ask('message:read', { ...a, seq: Math.floor(Math.random() * 30) }),
    'sam hands back': () => sam.ask('conversation:handBack', a),
    'sam closes': () => sam.ask('conversation:close', a),
    'kim takes ada': () => kim.ask('conversation:take', a),
    'kim takes bo': () => kim.ask('conversation:take', b),
    'kim replies': () => kim.ask('message:send', { ...b, ...words }),
  }
  await wish[action]().catch(error => {
    if (error.code === undefined || error.code === 'INTERNAL') throw error
  })
}

async function visitorSnapshot(ada: Ada): Promise<VisitorView> {
  const { onDuty, conversations } = await ada.ask('session:start', {})
  const page = await ada.ask('conversation:open', { conversationId: ada.conversation() })
  return { onDuty, conversations, thread: threadFrom(page) }
}

async function deskSnapshot(sam: Sam, ada: Ada): Promise<DeskView> {
  const { rows } = await sam.ask('session:start', {})
  const page = await sam.ask('conversation:open', { conversationId: ada.conversation() }).catch(() => null)
  return { rows: [...rows].sort(byId), thread: page && threadFrom(page) }
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

/** Everybody has heard everything once a barrier, told after it, has been heard. */
async function settle(cast: Cast, barrier: Ada): Promise<void> {
  const id = barrier.conversation()
  const key = newId('mk')
  const heard = barrier.hears(tell => tell.event === 'message:added' && tell.news.key === key)
  await barrier.ask('message:send', { conversationId: id, key, text: 'barrier' })
  await heard
  // Queue places are told one turn after the change of owner; one more round trip passes that turn.
  await roundTrips(cast)
  await new Promise(done => setTimeout(done, 20))
  await roundTrips(cast)
}

const roundTrips = ({ ada, bo, sam, kim }: Cast) =>
  Promise.all([
    ada.ask('session:start', {}),
    bo.ask('session:start', {}),
    sam.ask('session:start', {}),
    kim.ask('session:start', {}),
  ])

test('[C3] an old snapshot plus the tells since equals a fresh snapshot, for visitors and agents', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 14 }),
      async actions => {
        const nightdesk = await newNightdesk({ rates: 'unlimited' })
        try {
          const [ada, bo, barrier] = [
            await nightdesk.visitor(),
            await nightdesk.visitor(),
            await nightdesk.visitor(),
          ]
          const [sam, kim] = [await nightdesk.agent('Sam'), await nightdesk.agent('Kim')]
          await ada.says('hello')
          await bo.says('hello')
          await barrier.says('hello')
          const cast = { ada, bo, sam, kim }
          await settle(cast, barrier)

          let seenByAda = await visitorSnapshot(ada)
          let seenBySam = await deskSnapshot(sam, ada)
          ada.onTell(tell => {
            seenByAda = visitorReducer(seenByAda, tell as VisitorTell)
          })
          sam.onTell(tell => {
            seenBySam = deskReducer(seenBySam, tell as AgentTell)
          })
          for (const action of actions) await perform(cast, action)
          await settle(cast, barrier)

          expect(seenByAda).toEqual(await visitorSnapshot(ada))
          const fresh = await deskSnapshot(sam, ada)
          // A thread that was not open cannot appear by itself; one that may no longer be read is gone.
          const thread = seenBySam.thread === null ? null : fresh.thread
          expect({ rows: [...seenBySam.rows].sort(byId), thread: seenBySam.thread }).toEqual({
            rows: fresh.rows,
            thread,
          })
        } finally {
          await nightdesk.stop()
        }
      },
    ),
    { numRuns: 60, endOnFailure: true },
  )
})
