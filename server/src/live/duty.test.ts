import { expect, test } from 'vitest'
import { createDuty } from './duty.ts'

function newDuty() {
  const clock = { now: 1000 }
  const duty = createDuty(() => clock.now)
  const counts: number[] = []
  duty.watch(() => counts.push(duty.count()))
  return { clock, duty, counts }
}

test('[Q3] an agent who is connected here and elsewhere is one agent', () => {
  const { duty } = newDuty()
  const leave = duty.join('A11')
  duty.note('other', ['A11', 'A12'], 9000)
  expect(duty.count()).toBe(2)
  leave()
  expect(duty.here()).toEqual([])
  expect(duty.count()).toBe(2)
})

test('[Q3] a node that falls silent is forgotten, with its agents', () => {
  const { duty, clock, counts } = newDuty()
  duty.note('other', ['A11'], 5000)
  clock.now = 5000
  duty.sweep()
  expect(duty.count()).toBe(1)
  clock.now = 5001
  duty.sweep()
  expect(duty.count()).toBe(0)
  expect(duty.nodes()).toBe(1)
  expect(counts).toEqual([1, 0])
})

test('[Q3] a node that says farewell is forgotten at once', () => {
  const { duty } = newDuty()
  duty.note('other', ['A11'], 5000)
  duty.forget('other')
  expect([duty.count(), duty.nodes()]).toEqual([0, 1])
})

test('[Q3] while nobody can be heard, what was last said stands a little longer', () => {
  const { duty, clock } = newDuty()
  duty.note('other', ['A11'], 5000)
  duty.believe(60_000)
  clock.now = 60_000
  duty.sweep()
  expect(duty.count()).toBe(1)
  clock.now = 61_001
  duty.sweep()
  expect(duty.count()).toBe(0)
})

test('a node without agents counts as a node', () => {
  const { duty } = newDuty()
  duty.note('other', [], 5000)
  expect([duty.count(), duty.nodes()]).toEqual([0, 2])
})
