import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { SHIPPED_LIMITS } from '../door/settings.ts'
import { createGate } from './gate.ts'

const sockets = { ...SHIPPED_LIMITS.sockets, perAddress: { free: 2, most: 4 }, unknownPerAddress: 2 }
const wide = { burst: 1e9, perSecond: 1e9 }

function newGate(dial = { own: wide, spare: wide }) {
  let at = 0
  const from = (request: IncomingMessage) => (request as unknown as { from: string }).from
  const gate = createGate({ settings: { sockets, dial }, addressOf: from, now: () => at })
  return {
    gate,
    from: (address: string) => ({ from: address, socket: new EventEmitter() }) as unknown as IncomingMessage,
    pass: (ms: number) => {
      at += ms
    },
  }
}

test('[L6] a flood eats the spare and never what is the own of another address', () => {
  const { gate, from, pass } = newGate({
    own: { burst: 2, perSecond: 1 },
    spare: { burst: 10, perSecond: 1 },
  })
  const comesAndGoes = (address: string) => {
    const dialled = from(address)
    const wait = gate.dial(dialled)
    dialled.socket.emit('close')
    return wait
  }
  const waits = Array.from({ length: 100 }, () => comesAndGoes('flood'))
  expect(waits.filter(wait => wait === 0)).toHaveLength(12)
  expect([comesAndGoes('ada'), comesAndGoes('ada'), comesAndGoes('ada')]).toEqual([0, 0, 1000])
  pass(1000)
  expect(comesAndGoes('ada')).toBe(0)
})

test('[L6] so many connections of an address and no more, and who leaves makes room', () => {
  const { gate, from } = newGate()
  const four = Array.from({ length: 4 }, () => from('ada'))
  for (const one of four) {
    expect(gate.dial(one)).toBe(0)
    gate.admit(one)
  }
  expect(gate.open(from('ada'))).toBe(4)
  expect(gate.dial(from('ada'))).toBeGreaterThan(0)
  expect(gate.dial(from('sam'))).toBe(0)
  four[0]?.socket.emit('close')
  expect(gate.dial(from('ada'))).toBe(0)
})

test('[L6] who has not said who they are takes few places, and gives them back by saying it or by leaving', () => {
  const { gate, from } = newGate()
  const two = [from('ada'), from('ada')]
  for (const one of two) gate.dial(one)
  expect(gate.dial(from('ada'))).toBeGreaterThan(0)
  const [one, other] = two
  if (!one || !other) throw new Error('nobody is there')
  gate.admit(one)
  gate.admit(one)
  expect(gate.dial(from('ada'))).toBe(0)
  expect(gate.dial(from('ada'))).toBeGreaterThan(0)
  other.socket.emit('close')
  one.socket.emit('close')
  expect(gate.open(from('ada'))).toBe(1)
})

test('[L7] three attempts on a connection', () => {
  const { gate, from } = newGate()
  const one = from('ada')
  expect([1, 2, 3, 4].map(() => gate.knock(one))).toEqual([true, true, true, false])
})
