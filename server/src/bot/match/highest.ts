/** The places of the highest numbers, highest first. */
export function highest(numbers: ArrayLike<number>, count: number): Int32Array {
  const places = new Int32Array(Math.min(count, numbers.length))
  let found = 0
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place]!
    if (found === places.length && number <= numbers[places[found - 1]!]!) continue
    let at = found < places.length ? found++ : found - 1
    for (; at > 0 && numbers[places[at - 1]!]! < number; at--) places[at] = places[at - 1]!
    places[at] = place
  }
  return places
}
