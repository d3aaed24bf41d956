import { expect, test } from 'vitest'
import { highest } from './highest.ts'
import { randomFrom } from './random.ts'

test('the places of the highest numbers come in their order, of equal ones the first', () => {
  const random = randomFrom(3)
  for (let draw = 0; draw < 500; draw++) {
    const numbers = Array.from({ length: Math.floor(random() * 20) }, () => Math.floor(random() * 9) - 4)
    const count = Math.floor(random() * 12)
    const places = numbers.map((_, place) => place).sort((a, b) => numbers[b]! - numbers[a]! || a - b)
    expect([...highest(numbers, count)]).toEqual(places.slice(0, count))
  }
})
