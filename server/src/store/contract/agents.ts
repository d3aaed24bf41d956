import { newId } from '@nightdesk/shared/ids.ts'
import { describe, expect, test } from 'vitest'
import type { NewStore } from './support.ts'

/** Who the agents are, and how they come in. */
export function describeAgents(name: string, newStore: NewStore): void {
  describe(`${name}: agents`, () => {
    const samsDesk = { email: 'sam@northgate.example', name: 'Sam', at: 50 }

    test('agents get the codes A11, A12, A13… in the order in which they came', async () => {
      const { store } = await newStore()
      const sam = await store.addAgent(samsDesk)
      expect(sam).toEqual({
        id: sam.id,
        code: 'A11',
        name: 'Sam',
        email: 'sam@northgate.example',
        passwordHash: null,
        active: true,
      })
      const two = await Promise.all(
        ['kim', 'lee'].map(one => store.addAgent({ email: one, name: one, at: 60 })),
      )
      expect(two.map(agent => agent.code)).toEqual(['A12', 'A13'])
      expect(await store.agents()).toEqual([sam, ...two])
      expect(await store.agent(sam.id)).toEqual(sam)
      expect(await store.agentByEmail('sam@northgate.example')).toEqual(sam)
      expect(await store.agent(newId('ag'))).toBeUndefined()
      expect(await store.agentByEmail('nobody@northgate.example')).toBeUndefined()
    })

    test('an e-mail belongs to one agent, and a refusal uses up no code', async () => {
      const { store } = await newStore()
      const results = await Promise.allSettled([
        store.addAgent(samsDesk),
        store.addAgent({ ...samsDesk, name: 'Samantha' }),
        store.addAgent({ ...samsDesk, email: 'kim@northgate.example', name: 'Kim' }),
      ])
      expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((await store.agents()).map(agent => `${agent.code} ${agent.name}`)).toEqual([
        'A11 Sam',
        'A12 Kim',
      ])
    })

    test('a password is set for one agent and no other', async () => {
      const { store } = await newStore()
      const sam = await store.addAgent(samsDesk)
      const kim = await store.addAgent({ ...samsDesk, email: 'kim@northgate.example' })
      await store.setPassword(sam.id, 'scrypt$1')
      await store.setPassword(sam.id, 'scrypt$2')
      expect(await store.agent(sam.id)).toEqual({ ...sam, passwordHash: 'scrypt$2' })
      expect(await store.agent(kim.id)).toEqual(kim)
    })

    test('[S-1] no session is made on a password that has changed meanwhile, nor for who was disabled', async () => {
      const { store } = await newStore()
      const { id: agentId } = await store.addAgent(samsDesk)
      await store.setPassword(agentId, 'scrypt$1')
      const comeIn = (tokenHash: string, passwordHash?: string) =>
        store.addDeskSession({
          ...{ tokenHash, agentId, at: 1, expiresAt: 100 },
          ...(passwordHash === undefined ? {} : { passwordHash }),
        })
      // In the same moment: whichever is first, nobody is in on the old password afterwards.
      for (let time = 0; time < 20; time++) {
        await Promise.all([
          comeIn(`${time} old`, `scrypt$${time + 1}`),
          store.setPassword(agentId, `scrypt$${time + 2}`),
          comeIn(`${time} late`, `scrypt$${time + 1}`),
        ])
        expect(await store.deskSessionsOf([`${time} old`, `${time} late`], 2)).toEqual(new Set())
      }
      expect(await comeIn('old', 'scrypt$1')).toBe(false)
      expect(await comeIn('new', 'scrypt$21')).toBe(true)
      await store.setActive(agentId, false)
      expect(await comeIn('disabled')).toBe(false)
      await store.setActive(agentId, true)
      expect(await store.deskSessionsOf(['new', 'disabled'], 2)).toEqual(new Set())
    })

    test('a sign-in link works once, also when it is used twice at once', async () => {
      const { store } = await newStore()
      const sam = await store.addAgent(samsDesk)
      await store.addSignInLink({ tokenHash: 'link', agentId: sam.id, expiresAt: 100 })
      await store.addSignInLink({ tokenHash: 'other link', agentId: sam.id, expiresAt: 100 })
      const used = await Promise.all([store.useSignInLink('link', 99), store.useSignInLink('link', 99)])
      expect(used).toEqual([sam, undefined])
      expect(await store.useSignInLink('link', 99)).toBeUndefined()
      expect(await store.useSignInLink('no such link', 99)).toBeUndefined()
      expect(await store.useSignInLink('other link', 99)).toEqual(sam)
    })

    test('a sign-in link is worth nothing from the moment it expires', async () => {
      const { store } = await newStore()
      const { id: agentId } = await store.addAgent(samsDesk)
      await store.addSignInLink({ tokenHash: 'at', agentId, expiresAt: 100 })
      await store.addSignInLink({ tokenHash: 'after', agentId, expiresAt: 100 })
      expect(await store.useSignInLink('at', 100)).toBeUndefined()
      expect(await store.useSignInLink('after', 101)).toBeUndefined()
      // Nor does it come back when the clock is set back.
      expect(await store.useSignInLink('after', 50)).toBeUndefined()
    })

    test('a desk session is its agent until it expires or is ended', async () => {
      const { store } = await newStore()
      const sam = await store.addAgent(samsDesk)
      const session = (tokenHash: string) => ({ tokenHash, agentId: sam.id, at: 50, expiresAt: 100 })
      await store.addDeskSession(session('laptop'))
      await store.addDeskSession(session('phone'))
      expect((await store.agentBySession('laptop', 99))?.agent).toEqual(sam)
      expect(await store.agentBySession('laptop', 100)).toBeUndefined()
      expect(await store.agentBySession('no such session', 60)).toBeUndefined()
      await store.endDeskSession('laptop')
      expect(await store.agentBySession('laptop', 60)).toBeUndefined()
      expect((await store.agentBySession('phone', 60))?.agent).toEqual(sam)
    })

    test('[S-1] a new password ends every session but the one in which it was chosen', async () => {
      const { store } = await newStore()
      const { id: agentId } = await store.addAgent({ email: 'sam@x', name: 'Sam', at: 1 })
      for (const tokenHash of ['here', 'there']) {
        await store.addDeskSession({ tokenHash, agentId, at: 1, expiresAt: 100 })
      }
      await store.setPassword(agentId, 'hash', 'here')
      expect(await store.deskSessionsOf(['here', 'there', 'nowhere'], 50)).toEqual(new Set(['here']))
      expect(await store.deskSessionsOf(['here'], 100)).toEqual(new Set())
      expect(await store.deskSessionsOf([], 50)).toEqual(new Set())
    })

    test('[S-1] who is made inactive is signed out everywhere and comes in by no link', async () => {
      const { store } = await newStore()
      const { id: agentId } = await store.addAgent({ email: 'sam@x', name: 'Sam', at: 1 })
      await store.addDeskSession({ tokenHash: 'here', agentId, at: 1, expiresAt: 100 })
      await store.addSignInLink({ tokenHash: 'link', agentId, expiresAt: 100 })
      await store.setActive(agentId, false)
      expect(await store.agentBySession('here', 50)).toBeUndefined()
      expect(await store.deskSessionsOf(['here'], 50)).toEqual(new Set())
      expect(await store.useSignInLink('link', 50)).toBeUndefined()
      expect(await store.agent(agentId)).toMatchObject({ active: false })
      await store.setActive(agentId, true)
      expect(await store.agent(agentId)).toMatchObject({ active: true })
      expect(await store.agentBySession('here', 50)).toBeUndefined()
    })
  })
}
